import { GuardRules, GuardSeverity } from '../../src/guard/guard-rules';
import { failuresOn } from './cfn-guard';
import { expectedToFail, template } from './expected';

const RULES = GuardRules.render({ severity: GuardSeverity.ALL });
const EMR = 'AWS::EMR::SecurityConfiguration';

const written = (options: object) =>
  JSON.stringify({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, ...options } });

test('hop limits in the text of a security configuration are compared with the same maximum', () => {
  const texts = [1, 2, 3, 64, 65, 99, 0, '2', '3', 'x'].map(HttpPutResponseHopLimit => written({ HttpPutResponseHopLimit }));
  const documents = Object.fromEntries([written({}), ...texts].flatMap(text => [
    [text, template(EMR, { SecurityConfiguration: text })],
    [`joined ${text}`, template(EMR, { SecurityConfiguration: { 'Fn::Join': ['', [text]] } })],
    [`substituted ${text}`, template(EMR, { SecurityConfiguration: { 'Fn::Sub': text } })],
  ]));
  const expected = Object.entries(documents).map(([name, document]) => [name, expectedToFail(document)]);
  expect(failuresOn(RULES, documents)).toEqual(Object.fromEntries(expected));
});

test('a disabled endpoint passes without tokens, if it is certainly disabled', () => {
  const when = (whenTrue: unknown, whenFalse: unknown) => ({ 'Fn::If': ['C', whenTrue, whenFalse] });
  const blocks = [
    { HttpEndpoint: 'disabled' }, { HttpEndpoint: 'disabled', HttpTokens: 'optional' }, { HttpEndpoint: 'enabled' },
    { HttpEndpoint: when('disabled', 'enabled') }, { HttpEndpoint: when('disabled', 'disabled') },
    when({ HttpEndpoint: 'disabled' }, { HttpTokens: 'required' }), when({ HttpEndpoint: 'disabled' }, {}), { HttpEndpoint: { Ref: 'Unknown' } },
  ];
  const documents = Object.fromEntries(blocks.flatMap(block => [
    [`instance ${JSON.stringify(block)}`, template('AWS::EC2::Instance', { MetadataOptions: block })],
    [`fleet ${JSON.stringify(block)}`, template('AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: block }] }] })],
  ]));
  const expected = Object.entries(documents).map(([name, document]) => [name, expectedToFail(document)]);
  expect(failuresOn(RULES, documents)).toEqual(Object.fromEntries(expected));
});
