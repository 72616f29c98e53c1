import { GuardRules } from '../../src/guard/guard-rules';
import { VALIDATION_FAILED } from '../harness/control-tower';
import { runOn } from './cfn-guard';

const RULES = GuardRules.render();
const WEAK = { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional' } } };
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const conditions = (depth: number, last: string) => {
  let value: unknown = last;
  for (let level = 0; level < depth; level++) { value = { 'Fn::If': ['C', 'required', value] }; }
  return value;
};

/** Templates with an instance that does not require tokens, and unusual values. */
const WEAK_AMID: readonly (readonly [what: string, template: unknown])[] = [
  ['resources that are none', { Resources: { A: null, B: 'x', C: [], D: 7, Weak: WEAK, E: { Type: null }, F: { Type: { Ref: 'X' } } } }],
  ['resources without properties', { Resources: { A: { Type: 'AWS::EC2::Instance', Properties: 'x' }, B: { Type: 'AWS::EC2::Instance', Properties: [] }, Weak: WEAK } }],
  ['a macro', { Transform: ['Macro'], Resources: { 'Fn::Transform': { Name: 'Macro' }, 'Weak': WEAK } }],
  ['parameters that are a list', { Parameters: [], Resources: { Weak: WEAK, Other: instance({ Ref: 'P' }) } }],
  ['parameters that are none', { Parameters: { P: null, Q: 7 }, Resources: { Weak: WEAK, Other: instance({ Ref: 'P' }), Another: instance({ Ref: 'Q' }) } }],
  ['references with an invalid target', { Resources: { Weak: WEAK, Other: instance({ Ref: 7 }), Another: instance({ Ref: { Ref: 'P' } }) } }],
  ['a lot of text', { Description: 'x'.repeat(100_000), Resources: { Weak: WEAK } }],
  ['conditions within conditions', { Resources: { Weak: instance(conditions(10, 'optional')) } }],
  ['itself alone, with no properties at all', { Resources: { Weak: { Type: 'AWS::EC2::Instance' } } }],
];

test.each(WEAK_AMID)('a weak instance is found beside %s', (_what, template) => {
  expect(runOn(RULES, JSON.stringify(template)).status).toEqual(VALIDATION_FAILED);
});

test('a weak instance does not pass inside nested lists', () => {
  const text = JSON.stringify({ Resources: { Weak: WEAK, Deep: { Type: 'Custom::Deep', Properties: { List: 0 } } } }).replace('0}', `${nested(50)}}`);
  expect(runOn(RULES, text).status).not.toEqual(0);
});

test.each(['{}', '[]', 'null', '{"Resources":[]}', '{"Resources":"x"}', '{"Resources":null}'])('%s has no findings', text => {
  expect(runOn(RULES, text).status).toEqual(0);
});

function instance(tokens: unknown) {
  return { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: tokens } } };
}
