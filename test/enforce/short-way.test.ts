import type { Stack } from 'aws-cdk-lib';
import { Aspects, Lazy } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Imdsv2 } from '../../src';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

/** Between the two passes of enforcement, and after the last one. */
const BETWEEN = 500;
const AFTER = 1500;

const REQUIRED = { HttpTokens: 'required' };
const CHANGED = /Stack\/Host.*Imdsv2::ChangedAfterEnforcement/s;

/** Changes that undo the result of the first pass, or weaken a resource that it accepted. */
const UNDOING: readonly [string, (host: CfnInstance) => void][] = [
  ['a raw override', host => host.addPropertyOverride('MetadataOptions.HttpTokens', 'optional')],
  ['a raw override of the whole block', host => host.addPropertyOverride('MetadataOptions', { HttpTokens: 'optional' })],
  ['a change in place', host => { Object.assign(host.metadataOptions as object, { httpTokens: 'optional' }); }],
  ['another object', host => { host.metadataOptions = { httpTokens: 'optional' }; }],
  ['an object with a Lazy', host => { host.metadataOptions = { httpTokens: Lazy.string({ produce: () => 'optional' }) }; }],
  ['a deletion', host => host.addPropertyDeletionOverride('MetadataOptions')],
];

describe.each([['written by us', undefined], ['written by the user', { httpTokens: 'required' }]])('a resource that requires tokens, %s', (_, metadataOptions) => {
  const hostIn = (stack: Stack) => new CfnInstance(stack, 'Host', { metadataOptions: metadataOptions && { ...metadataOptions } });
  const undone = (priority: number, undo: (host: CfnInstance) => void) => {
    const stack = scratchStack();
    const host = hostIn(stack);
    Imdsv2.enforce(stack);
    Aspects.of(host).add({ visit: () => undo(host) }, { priority });
    return () => synthesize(stack).template.Resources.Host.Properties?.MetadataOptions as unknown;
  };

  test.each(UNDOING)('is visited again if an aspect weakens it between the passes: %s', (__, undo) => {
    expect(undone(BETWEEN, undo)()).toEqual(REQUIRED);
  });

  test.each(UNDOING)('fails the synthesis if an aspect weakens it after the last pass: %s', (__, undo) => {
    expect(undone(AFTER, undo)).toThrow(CHANGED);
  });
});

test('a Lazy with another value at each read requires tokens in the end', () => {
  let looks = 0;
  const stack = scratchStack();
  new CfnInstance(stack, 'Host', { metadataOptions: { httpTokens: Lazy.uncachedString({ produce: () => looks++ % 2 === 0 ? 'required' : 'optional' }) } });
  Imdsv2.enforce(stack);
  expect(synthesize(stack).template.Resources.Host.Properties?.MetadataOptions).toEqual(REQUIRED);
});

test('resources with a shared object get separate objects', () => {
  const stack = scratchStack();
  const shared = { httpEndpoint: 'enabled' };
  const hosts = ['One', 'Two'].map(id => new CfnInstance(stack, id, { metadataOptions: shared }));
  Imdsv2.enforce(stack);
  Aspects.of(stack).add({ visit: node => { if (node === hosts[0]) { Object.assign(hosts[0].metadataOptions as object, { httpEndpoint: 'disabled' }); } } }, { priority: BETWEEN });
  const { One, Two } = synthesize(stack).template.Resources;
  expect([One, Two].map(({ Properties }) => Properties?.MetadataOptions as unknown))
    .toEqual([{ HttpEndpoint: 'disabled', ...REQUIRED }, { HttpEndpoint: 'enabled', ...REQUIRED }]);
  expect(shared).toEqual({ httpEndpoint: 'enabled' });
});

test('user data after the last pass that runs containers fails the synthesis of the launched template', () => {
  const stack = scratchStack();
  let userData = 'echo nothing';
  const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { userData: Lazy.uncachedString({ produce: () => userData }) } });
  new CfnInstance(stack, 'Host', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } });
  Imdsv2.enforce(stack);
  Aspects.of(template).add({ visit: () => { userData = 'echo ECS_CLUSTER=a >> /etc/ecs/ecs.config'; } }, { priority: AFTER });
  expect(() => synthesize(stack)).toThrow(/Stack\/Template.*Imdsv2::ChangedAfterEnforcement/s);
});

test('an instance that is added during the last pass is enforced', () => {
  const stack = scratchStack();
  const first = new CfnInstance(stack, 'First', { metadataOptions: { httpTokens: 'required' } });
  Imdsv2.enforce(stack);
  Aspects.of(first).add({ visit: () => new CfnInstance(stack, 'Host') }, { priority: AFTER });
  expect(synthesize(stack).template.Resources.Host.Properties?.MetadataOptions).toEqual(REQUIRED);
});
