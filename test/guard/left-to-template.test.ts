import { GuardRules } from '../../src/guard/guard-rules';
import { failuresOn } from './cfn-guard';
import { template } from './expected';

const RULE = 'imdsv2_tokens_required_ec2_instance';
const BY_ID = { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };
const BY_NAME = { LaunchTemplateName: 'web', Version: '3' };
const NO_VALUE = { Ref: 'AWS::NoValue' };
const when = (whenTrue: unknown, whenFalse: unknown) => ({ 'Fn::If': ['C', whenTrue, whenFalse] });

/** Properties of an instance, and whether the rule for its tokens passes. */
const CASES: readonly (readonly [string, object, boolean])[] = [
  ['a template by id', { LaunchTemplate: BY_ID }, true],
  ['a template by name', { LaunchTemplate: BY_NAME }, true],
  ['a template, and options without tokens', { LaunchTemplate: BY_ID, MetadataOptions: { HttpPutResponseHopLimit: 2 } }, true],
  ['a template, and empty options', { LaunchTemplate: BY_ID, MetadataOptions: {} }, true],
  ['a template, and options that are AWS::NoValue', { LaunchTemplate: BY_ID, MetadataOptions: NO_VALUE }, true],
  ['a template, and tokens required', { LaunchTemplate: BY_ID, MetadataOptions: { HttpTokens: 'required' } }, true],
  ['a template, and tokens required or left out', { LaunchTemplate: BY_ID, MetadataOptions: { HttpTokens: when('required', NO_VALUE) } }, true],
  ['a template, and tokens optional', { LaunchTemplate: BY_ID, MetadataOptions: { HttpTokens: 'optional' } }, false],
  ['a template, and tokens optional or left out', { LaunchTemplate: BY_ID, MetadataOptions: { HttpTokens: when('optional', NO_VALUE) } }, false],
  ['a template, and unreadable options', { LaunchTemplate: BY_ID, MetadataOptions: { 'Fn::FindInMap': ['A', 'B', 'C'] } }, false],
  ['one of two templates', { LaunchTemplate: when(BY_ID, BY_NAME) }, true],
  ['one of two templates, or none', { LaunchTemplate: when(when(BY_ID, BY_NAME), NO_VALUE) }, false],
  ['a template by one of two ids', { LaunchTemplate: { LaunchTemplateId: when('lt-1', { Ref: 'Template' }), Version: '1' } }, true],
  ['a template by an id or none', { LaunchTemplate: { LaunchTemplateId: when('lt-1', NO_VALUE), Version: '1' } }, false],
  ['a template under a condition', { LaunchTemplate: when(BY_ID, NO_VALUE) }, false],
  ['a template under a condition, and tokens required', { LaunchTemplate: when(BY_ID, NO_VALUE), MetadataOptions: { HttpTokens: 'required' } }, true],
  ['a template that is AWS::NoValue', { LaunchTemplate: NO_VALUE }, false],
  ['a template whose id is AWS::NoValue', { LaunchTemplate: { LaunchTemplateId: NO_VALUE, Version: '1' } }, false],
  ['a template without an id or a name', { LaunchTemplate: { Version: '1' } }, false],
  ['a template that is null', { LaunchTemplate: null }, false],
  ['a template that is a text', { LaunchTemplate: 'web' }, false],
  ['a template that is a list', { LaunchTemplate: [BY_ID] }, false],
  ['an empty template', { LaunchTemplate: {} }, false],
  ['no template', {}, false],
];

test('an instance can get its tokens from a launch template that it names', () => {
  const documents = Object.fromEntries(CASES.map(([name, properties]) => [name, template('AWS::EC2::Instance', properties)]));
  const failing = failuresOn(GuardRules.render(), documents);
  const holding = CASES.map(([name]) => [name, !failing[name].includes(RULE)]);
  expect(Object.fromEntries(holding)).toEqual(Object.fromEntries(CASES.map(([name, , holds]) => [name, holds])));
});

test('a launch template that does not require tokens fails itself', () => {
  const document = {
    Resources: {
      Web: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: BY_ID } },
      Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: {} } },
    },
  };
  expect(failuresOn(GuardRules.render(), { document }).document).toEqual(['imdsv2_tokens_required_ec2_launch_template']);
});
