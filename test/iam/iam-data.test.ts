import { readFileSync } from 'fs';
import { join } from 'path';
import { complaintsAbout, resourceTypesOf, unknownKeys } from './authorization-data';
import { CASES, FACTORIES, statementsOf } from './cases/table';

const INSTANCES = 'arn:*:ec2:*:*:instance/*';

/** The statements of a factory for all sets of arguments in the cases. */
function statementsBy(factory: string): object[] {
  const calls = CASES.flatMap(([, cases]) => cases).filter(one => one.factory === factory);
  return [...new Map(calls.flatMap(statementsOf).map(statement => [JSON.stringify(statement), statement])).values()];
}

function deny(elements: object): object {
  return { Sid: 'Deny', Effect: 'Deny', Action: 'ec2:RunInstances', Resource: INSTANCES, ...elements };
}

describe('the statements match the Service Authorization Reference', () => {
  test.each(FACTORIES)('of %s', async factory => {
    const statements = statementsBy(factory);
    expect(statements.length).toBeGreaterThan(0);
    expect((await Promise.all(statements.map(complaintsAbout))).flat()).toEqual([]);
  });
});

describe('this statement matches it', () => {
  test.each<[string, object]>([
    ['a wildcard of actions', { Action: 'ec2:*', Resource: '*' }],
    ['a wildcard within the name of an action', { Action: 'ec2:runinst*', Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } }],
    ['a key of the action', { Action: 'autoscaling:CreateLaunchConfiguration', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'autoscaling:MetadataHttpTokens': 'optional' } } }],
    ['a numeric attribute', { Action: 'ec2:ModifyInstanceMetadataOptions', Condition: { NumericGreaterThan: { 'ec2:Attribute/HttpPutResponseHopLimit': '2' } } }],
    ['Null with a key of any type', { Condition: { Null: { 'ec2:MetadataHttpPutResponseHopLimit': 'true' } } }],
    ['a key of a tag', { Action: 'ec2:TerminateInstances', Condition: { StringEquals: { 'aws:ResourceTag/team:name': 'web' } } }],
    ['a key in another case', { Condition: { StringEquals: { 'EC2:metadatahttptokens': 'optional' } } }],
  ])('%s', async (_, elements) => {
    expect(await complaintsAbout(deny(elements))).toEqual([]);
  });
});

describe('this statement differs from it', () => {
  test.each<[complaint: string, elements: object]>([
    ['ec2:RunInstance is no action', { Action: 'ec2:RunInstance' }],
    ['ec2:Rum* is no action', { Action: ['ec2:RunInstances', 'ec2:Rum*'] }],
    ['ec3:RunInstances is no action', { Action: 'ec3:RunInstances' }],
    ['ec2:RunInstances has no resource of the form arn:*:ec2:*:*:fleet/*', { Resource: 'arn:*:ec2:*:*:fleet/*' }],
    ['ec2:RunInstances has no resource of the form arn:*:ec2:*:*:instances/*', { Resource: [INSTANCES, 'arn:*:ec2:*:*:instances/*'] }],
    ['ec2:RunInstances has no resource of the form arn:*:ec2:*:*:image/*', { Resource: 'arn:*:ec2:*:*:image/*' }],
    ['ec2:RunInstances has no resource of the form arn:*:autoscaling:*:*:instance/*', { Resource: 'arn:*:autoscaling:*:*:instance/*' }],
    ['ec2:ModifyInstanceMetadataDefaults has no resource of the form arn:*:ec2:*:*:instance/*', { Action: 'ec2:ModifyInstanceMetadataDefaults' }],
    ['* has no resource of the form arn:*:ec2:*:*:instance/*', { Action: '*' }],
    ['ec2:RunInstances has no condition key ec2:MetadataHttpTokens on launch-template', { Resource: '*', Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } } }],
    ['ec2:RunInstances has no condition key ec2:Attribute/HttpTokens on instance', { Condition: { StringEquals: { 'ec2:Attribute/HttpTokens': 'optional' } } }],
    ['ec2:CreateFleet has no condition key ec2:MetadataHttpTokens on instance', { Action: ['ec2:CreateFleet'], Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } }],
    ['ec2:ModifyInstanceMetadataDefaults has no condition key ec2:MetadataHttpTokens on *', { Action: 'ec2:ModifyInstanceMetadataDefaults', Resource: '*', Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } }],
    ['* has no condition key ec2:MetadataHttpTokens', { Action: '*', Resource: '*', Condition: { StringEquals: { 'ec2:MetadataHttpTokens': 'optional' } } }],
    ['ec2:MetadataTokens is no condition key', { Condition: { StringEquals: { 'ec2:MetadataTokens': 'optional' } } }],
    ['ec2:Attribute/ is no condition key', { Action: 'ec2:ModifyInstanceMetadataOptions', Condition: { StringEquals: { 'ec2:Attribute/': 'optional' } } }],
    ['aws:ResourceTags/team is no condition key', { Condition: { StringEquals: { 'aws:ResourceTags/team': 'web' } } }],
    ['aws:PrincipleArn is no condition key', { Condition: { ArnLike: { 'aws:PrincipleArn': 'arn:*:iam::*:role/x' } } }],
    ['NumericEquals does not compare ec2:MetadataHttpTokens, which is of type String', { Condition: { NumericEquals: { 'ec2:MetadataHttpTokens': '2' } } }],
    ['StringEquals does not compare ec2:MetadataHttpPutResponseHopLimit, which is of type Numeric', { Condition: { StringEquals: { 'ec2:MetadataHttpPutResponseHopLimit': '2' } } }],
    ['StringLike does not compare aws:PrincipalArn, which is of type ARN', { Condition: { StringLike: { 'aws:PrincipalArn': 'arn:*' } } }],
    ['StringEquals does not compare ec2:RoleDelivery, which is of type Numeric', { Action: '*', Resource: '*', Condition: { StringEquals: { 'ec2:RoleDelivery': '1.0' } } }],
    ['Bool does not compare ec2:Attribute/HttpTokens, which is of type String', { Action: 'ec2:ModifyInstanceMetadataOptions', Condition: { Bool: { 'ec2:Attribute/HttpTokens': 'true' } } }],
  ])('%s', async (complaint, elements) => {
    expect(await complaintsAbout(deny(elements))).toContain(complaint);
  });
});

describe('the actions for launches that have no keys according to the page', () => {
  const [, listed] = /; ([^;|]*), among others, have no condition keys for it/.exec(readFileSync(join(__dirname, '../../docs/guardrails.md'), 'utf8'))!;
  const actions = [...listed.matchAll(/`(\w+)`/g)].map(([, name]) => `ec2:${name}`);

  test('are several', () => {
    expect(actions.length).toBeGreaterThan(3);
  });

  test.each(actions)('%s', async action => {
    const keys = ['ec2:MetadataHttpTokens'];
    const types = (await resourceTypesOf(action)).map(async type => unknownKeys(action, type, keys));
    expect(await Promise.all([unknownKeys(action, undefined, keys), ...types])).toEqual([keys, ...types.map(() => keys)]);
  });

  test('but RunInstances has them', async () => {
    expect(await unknownKeys('ec2:RunInstances', 'instance', ['ec2:MetadataHttpTokens'])).toEqual([]);
  });
});
