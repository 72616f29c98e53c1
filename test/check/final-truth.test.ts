import type { CfnElement } from 'aws-cdk-lib';
import { AspectPriority, Aspects, CfnCondition, CfnParameter, CfnResource, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { include } from '../resources/included';
import { OPTIONAL, REQUIRED, appOf, checked, instance, violationsIn } from './checked';

const TOKENS = 'MetadataOptions.HttpTokens';
const HOST = 'Stack/Host';
const weak = { metadataOptions: { httpTokens: 'optional' } };
const required = { metadataOptions: { httpTokens: 'required' } };
const anyOf = (value: Json) => ({ MetadataOptions: Lazy.any({ produce: () => value }) });
const unset = Token.asAny({ Ref: 'AWS::NoValue' });
const parameter = (stack: Stack, allowedValues?: string[]) => new CfnParameter(stack, 'Tokens', { allowedValues, default: 'required' });

/** Adds an aspect that writes tokens after all other aspects. */
function writeLast(stack: Stack, tokens: string): void {
  const visit = (node: IConstruct) => { if (CfnResource.isCfnResource(node)) { node.addPropertyOverride(TOKENS, tokens); } };
  Aspects.of(stack).add({ visit }, { priority: AspectPriority.READONLY + 100 });
}

/** Ways in which an instance can require tokens in the template, whatever its properties are before. */
const GOOD: readonly [string, (stack: Stack) => unknown][] = [
  ['a property override', stack => new CfnInstance(stack, 'Host', weak).addPropertyOverride(TOKENS, 'required')],
  ['a raw override', stack => new CfnInstance(stack, 'Host').addOverride(`Properties.${TOKENS}`, 'required')],
  ['an override in a generic resource', stack => instance(stack, 'Host').addPropertyOverride(TOKENS, 'required')],
  ['a type that is changed to an unsupported one', stack => new CfnInstance(stack, 'Host', weak).addOverride('Type', 'AWS::S3::Bucket')],
  ['a late aspect', stack => { instance(stack, 'Host'); writeLast(stack, 'required'); }],
  ['a Lazy', stack => instance(stack, 'Host', anyOf({ HttpTokens: 'required' }))],
  ['both branches of a condition', stack => instance(stack, 'Host', { MetadataOptions: Fn.conditionIf('Always', REQUIRED.MetadataOptions, REQUIRED.MetadataOptions) })],
  ['a parameter with only this value', stack => instance(stack, 'Host', { MetadataOptions: { HttpTokens: parameter(stack, ['required']).valueAsString } })],
];

/** Ways in which it does not require tokens in the template. */
const BAD: readonly [string, (stack: Stack) => unknown, string][] = [
  ['a property override', stack => new CfnInstance(stack, 'Host', required).addPropertyOverride(TOKENS, 'optional'), '\'optional\''],
  ['a raw override', stack => new CfnInstance(stack, 'Host', required).addOverride(`Properties.${TOKENS}`, 'optional'), '\'optional\''],
  ['a deletion', stack => new CfnInstance(stack, 'Host', required).addPropertyDeletionOverride('MetadataOptions'), 'unset'],
  ['a type that is one of ours in the end', stack => new CfnResource(stack, 'Host', { type: 'AWS::S3::Bucket' }).addOverride('Type', 'AWS::EC2::Instance'), 'unset'],
  ['a late aspect', stack => { new CfnInstance(stack, 'Host', required); writeLast(stack, 'optional'); }, '\'optional\''],
  ['a resource that a late aspect adds', stack => Aspects.of(stack).add({
    visit: node => { if (node === stack && !stack.node.tryFindChild('Host')) { instance(stack, 'Host'); } },
  }), '\'optional\''],
  ['a Lazy', stack => instance(stack, 'Host', anyOf({ HttpTokens: 'optional' })), '\'optional\''],
  ['one branch of a condition', stack => instance(stack, 'Host', { MetadataOptions: Fn.conditionIf('Always', REQUIRED.MetadataOptions, OPTIONAL.MetadataOptions) }),
    '\'optional\''],
  ['a condition within', stack => instance(stack, 'Host', { MetadataOptions: { HttpTokens: Fn.conditionIf('Always', 'required', unset) } }), '\'required\' or unset'],
  ['a parameter with a default alone', stack => instance(stack, 'Host', { MetadataOptions: { HttpTokens: parameter(stack).valueAsString } }),
    '\'required\' or unknown (Ref Tokens)'],
  ['a parameter that may be either', stack => instance(stack, 'Host', { MetadataOptions: { HttpTokens: parameter(stack, ['required', 'optional']).valueAsString } }),
    '\'required\' or \'optional\''],
];

/** A stack with a condition. */
function stackWith(build: (stack: Stack) => unknown): Stack {
  const stack = scratchStack();
  new CfnCondition(stack, 'Always', { expression: Fn.conditionEquals('a', 'a') });
  build(stack);
  return stack;
}

describe('the final template counts', () => {
  test.each(GOOD)('by %s: tokens are required', (_, build) => {
    expect(checked(appOf(stackWith(build))).violations).toEqual([]);
  });

  test.each(BAD)('by %s: tokens are not required', (_, build, got) => {
    const { violations } = checked(appOf(stackWith(build)));
    expect(violations.map(({ description }) => description)).toEqual([`${TOKENS} must be 'required', got ${got}`]);
    expect(violationsIn({ violations })).toEqual([`Imdsv2::TokensRequired ${HOST} Properties.${TOKENS}`]);
  });

  test('a resource of an included template is found by its construct', () => {
    const stack = scratchStack();
    include(stack, 'Included', { Resources: { Web: { Type: 'AWS::EC2::Instance', Properties: OPTIONAL }, Db: { Type: 'AWS::EC2::Instance', Properties: REQUIRED } } });
    expect(violationsIn(checked(appOf(stack)))).toEqual([`Imdsv2::TokensRequired Stack/Included/Web Properties.${TOKENS}`]);
  });

  test('a resource that a stack writes itself belongs to the stack', () => {
    class Own extends Stack {
      public _toCloudFormation(): Json {
        return { Resources: { Host: { Type: 'AWS::EC2::Instance', Properties: OPTIONAL } } };
      }
    }
    const app = scratchApp();
    new Own(app, 'Stack');
    const { violations: [{ violatingConstructs }] } = checked(app);
    expect(violatingConstructs).toEqual([expect.objectContaining({
      constructPath: 'Stack',
      cloudFormationResource: { templatePath: 'Stack.template.json', logicalId: 'Host', propertyPaths: [`Properties.${TOKENS}`] },
    })]);
  });
});

describe('the construct is found', () => {
  const pathAndId = (stack: Stack) => {
    const { violations: [{ violatingConstructs: [{ constructPath, cloudFormationResource }] }] } = checked(appOf(stack));
    return [constructPath, cloudFormationResource?.logicalId];
  };

  test('by a logical id that was overridden', () => {
    const stack = scratchStack();
    instance(stack, 'Host').overrideLogicalId('Web');
    expect(pathAndId(stack)).toEqual([HOST, 'Web']);
  });

  test('by a logical id that a stack renames', () => {
    const stack = scratchStack();
    stack.renameLogicalId('Host', 'Web');
    instance(stack, 'Host');
    expect(pathAndId(stack)).toEqual([HOST, 'Web']);
  });

  test("by a logical id that a user\'s class creates", () => {
    class Named extends Stack {
      protected allocateLogicalId(element: CfnElement): string {
        return `Own${element.node.id}`;
      }
    }
    const stack = new Named(scratchApp(), 'Stack');
    instance(stack, 'Host');
    expect(pathAndId(stack)).toEqual([HOST, 'OwnHost']);
  });

  test.each([true, false])('with path metadata: %p', isWritten => {
    const stack = scratchStack(scratchApp({ 'aws:cdk:enable-path-metadata': isWritten }));
    instance(stack, 'Host');
    expect(pathAndId(stack)).toEqual([HOST, 'Host']);
  });

  test('and not by the metadata of the template', () => {
    const stack = scratchStack();
    instance(stack, 'Host').addMetadata('aws:cdk:path', 'Other/Host');
    expect(pathAndId(stack)).toEqual([HOST, 'Host']);
  });
});
