import { GuardRules, GuardSeverity, ruledTypes } from '../../src/guard/guard-rules';
import { ruleName } from '../../src/guard/names';
import { CARRIERS } from '../harness/carriers';
import type { Json } from '../harness/json';
import { failuresOn } from './cfn-guard';
import { template } from './expected';

const RULES = GuardRules.render({ severity: GuardSeverity.ALL });
const TYPES = ruledTypes(GuardSeverity.ALL);

/** The input of a Guard hook's rules: a template, or a resource in the form of a template, with the context and the former properties. */
function hookInput(action: 'CREATE' | 'UPDATE' | 'DELETE', resources: Json, previous: Json = {}): Json {
  return {
    HookContext: {
      AwsAccountId: '123456789012',
      StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1a2345b6-0000-00a0-a123-00abc0abc000',
      HookTypeName: 'Imdsv2::Guard::Hook',
      HookTypeVersion: '00000001',
      InvocationPoint: `${action}_PRE_PROVISION`,
      TargetType: 'RESOURCE',
      TargetLogicalId: 'Subject',
      ChangeSetId: '',
    },
    ...resources,
    Previous: previous.Resources ?? {},
  };
}

test.each(CARRIERS)('$type: a hook fails if tokens are not required, on creation and on update', ({ type, around, words }) => {
  const [good, bad] = [words.required, words.weak].map(tokens => template(type, around(words.say(tokens))));
  const failures = failuresOn(RULES, {
    created: hookInput('CREATE', good),
    repaired: hookInput('UPDATE', good, bad),
    createdWeak: hookInput('CREATE', bad),
    weakened: hookInput('UPDATE', bad, good),
  });
  const tokensRequired = [ruleName('tokens_required', type)];
  expect(failures).toEqual({ created: [], repaired: [], createdWeak: tokensRequired, weakened: tokensRequired });
});

test('a hook fails for a type that launches instances and has no property for tokens', () => {
  expect(failuresOn(RULES, { it: hookInput('CREATE', template('AWS::Lightsail::Instance', { InstanceName: 'one' })) }).it)
    .toEqual(['imdsv2_can_be_set_lightsail_instance']);
});

test.each([
  ['empty', {}], ['null', null], ['empty text', ''], ['missing', undefined],
])('no deletion of any type fails, with %s as properties', (_, properties) => {
  const documents = Object.fromEntries(TYPES.map(type => [type, hookInput('DELETE', template(type, properties))]));
  expect(failuresOn(RULES, documents)).toEqual(Object.fromEntries(TYPES.map(type => [type, []])));
});

test('the same properties fail outside a deletion', () => {
  const documents = Object.fromEntries(TYPES.map(type => [type, hookInput('CREATE', template(type, {}))]));
  const failing = Object.entries(failuresOn(RULES, documents)).filter(([, rules]) => rules.length > 0).map(([type]) => type);
  expect(failing).toEqual(expect.arrayContaining(['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::EKS::Nodegroup']));
});

test('a deleted stack has no template, and passes', () => {
  expect(failuresOn(RULES, { null: { ...hookInput('DELETE', {}), Resources: null }, missing: hookInput('DELETE', {}) }))
    .toEqual({ null: [], missing: [] });
});

test('a type outside the table passes', () => {
  expect(failuresOn(RULES, { it: hookInput('CREATE', template('AWS::SNS::Topic', { MetadataOptions: { HttpTokens: 'optional' } })) }).it).toEqual([]);
});

test('a whole template of a stack or change set is evaluated resource by resource', () => {
  const resources = {
    Good: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'required' } } },
    Bad: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: { Ref: 'Tokens' } } } } },
    Other: { Type: 'AWS::SNS::Topic' },
  };
  const changes = [{ logicalResourceId: 'Good', resourceType: 'AWS::EC2::Instance', action: 'CREATE', afterContext: '{"Properties":{}}' }];
  expect(failuresOn(RULES, { it: { ...hookInput('UPDATE', { Resources: resources, Outputs: {} }), Changes: changes } }).it)
    .toEqual(['imdsv2_tokens_required_ec2_launch_template']);
});
