import type { Stack } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { RequireImdsv2 } from '../../src';
import { CARRIERS } from '../harness/carriers';
import type { Json } from '../harness/json';
import { deepFreeze } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import { camelCase } from '../harness/spelling';
import { synthesize } from '../harness/synthesized';

const OPTIONAL = { MetadataOptions: { HttpTokens: 'optional' } };
const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };
const generic = (stack: Stack, type: string, properties?: Json) => new CfnResource(stack, 'Host', { type, properties });
const host = (stack: Stack) => synthesize(stack).template.Resources.Host;

describe('objects of the user do not change', () => {
  test.each(CARRIERS)('properties of $type', carrier => {
    const { words } = carrier;
    const properties = deepFreeze(carrier.around(words.say(words.weak)));
    const copy = JSON.stringify(properties);
    const stack = scratchStack();
    const resources = [
      generic(stack, carrier.type, properties),
      carrier.typed(stack, 'Typed', properties),
    ];
    for (const resource of resources) { resource.with(new RequireImdsv2({ httpPutResponseHopLimit: 2 })); }
    expect(host(stack).Properties).not.toEqual(properties);
    expect(JSON.stringify(properties)).toBe(copy);
  });

  test.each(CARRIERS)('overrides of $type', carrier => {
    const { words } = carrier;
    const overrides = deepFreeze(carrier.around(words.say(words.weak)));
    const stack = scratchStack();
    const resource = generic(stack, carrier.type);
    for (const [name, value] of Object.entries(overrides)) { resource.addPropertyOverride(name, value); }
    resource.with(new RequireImdsv2());
    expect(host(stack).Properties).toEqual(carrier.around(words.say(words.required)));
  });

  test('shared props of two resources', () => {
    const stack = scratchStack();
    const props = camelCase({ ImageId: 'ami-1', ...OPTIONAL }) as Json;
    new CfnInstance(stack, 'Host', props).with(new RequireImdsv2());
    new CfnInstance(stack, 'Other', props);
    const { Resources } = synthesize(stack).template;
    expect([Resources.Host.Properties, Resources.Other.Properties]).toEqual([{ ImageId: 'ami-1', ...REQUIRED }, { ImageId: 'ami-1', ...OPTIONAL }]);
  });
});
