import { GuardRules, GuardSeverity, GuardTarget } from '../../src/guard/guard-rules';
import { failuresOn } from './cfn-guard';
import { template } from './expected';

const hops = (limit: unknown) => template('AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: limit } });
const TOO_HIGH = ['imdsv2_hop_limit_at_most_ec2_instance'];

test('the same rules are written every time', () => {
  expect(GuardRules.render()).toEqual(GuardRules.render({ target: GuardTarget.TEMPLATE, severity: GuardSeverity.ERROR }));
});

test('hop limits are compared with the given maximum', () => {
  const rules = GuardRules.render({ severity: GuardSeverity.WARNING, maxHopLimit: 3 });
  expect(failuresOn(rules, { three: hops(3), four: hops(4), text: hops('04'), none: hops(undefined) }))
    .toEqual({ three: [], four: TOO_HIGH, text: TOO_HIGH, none: [] });
});

test('the rules for errors contain no warnings, and vice versa', () => {
  const documents = { it: template('AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 9 } }) };
  expect(failuresOn(GuardRules.render(), documents).it).toEqual(['imdsv2_tokens_required_ec2_instance']);
  expect(failuresOn(GuardRules.render({ severity: GuardSeverity.WARNING }), documents).it).toEqual(TOO_HIGH);
});

test('a failed rule has the fault, its id, the advice and a link', () => {
  expect(GuardRules.render()).toContain(`
      [Imdsv2::TokensRequired] HttpTokens in LaunchTemplateData.MetadataOptions must be 'required', for all values of conditions and parameters
      Fix: set HttpTokens to 'required', or set the equivalent property of the service
      See: https://docs.aws.amazon.com/`);
});

test.each([0, 65, 1.5, NaN])('%s is no highest hop limit', maxHopLimit => {
  expect(() => GuardRules.render({ maxHopLimit })).toThrow('maxHopLimit must be a whole number from 1 to 64');
});
