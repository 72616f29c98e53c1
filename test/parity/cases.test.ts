import type { App } from 'aws-cdk-lib';
import { CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { EXAMPLES } from '../../examples';
import { ImdsExemption } from '../../src';
import { scratchStack } from '../harness/scratch-app';
import { RULE_CASES } from '../rules/cases';
import { threeWays, unanimous } from './three-ways';

/** Rules about exemptions and acknowledgements themselves, which are about no resource. */
const ABOUT_ITSELF = /Exemption|UnknownRule/;
const CHECKED = RULE_CASES.filter(({ id, through }) => through === 'check' && !ABOUT_ITSELF.test(id));

describe.each(CHECKED)('the example of $id', ({ id, bad, good }) => {
  test('has the same verdict everywhere in its bad form', () => {
    const { asWritten, enforced } = threeWays(bad);
    expect(Object.values(asWritten.aspect)).toEqual([[id]]);
    expect(asWritten).toEqual(unanimous(asWritten.aspect));
    expect(enforced).toEqual(unanimous(enforced.aspect));
  });

  test('has none in its good form', () => {
    expect(threeWays(good)).toEqual({ asWritten: unanimous({}), enforced: unanimous({}) });
  });
});

/** The least number of resources with findings in an example. */
const FEWEST: { readonly [example: string]: number } = { 'golden-image': 2 };
const FEWEST_OF_OTHERS = 6;

describe.each(EXAMPLES)('the example $name', ({ name, build }) => {
  test('has the same verdict everywhere as written, and with enforcement', () => {
    const { asWritten, enforced } = threeWays(build);
    expect(Object.keys(asWritten.aspect).length).toBeGreaterThanOrEqual(FEWEST[name] ?? FEWEST_OF_OTHERS);
    expect(asWritten).toEqual(unanimous(asWritten.aspect));
    expect(enforced).toEqual(unanimous(enforced.aspect));
  });
});

describe('permanent differences', () => {
  // CDK prints additional findings of the validator beside the warnings of enforcement.
  beforeEach(() => { jest.spyOn(console, 'error').mockImplementation(() => undefined); });

  const TODAY = '2027-03-15';

  // Enforcement skips resources that are exempt from tokens. An exemption from one rule is not one from others, so checks report those.
  test('a resource that is exempt from tokens is checked for other rules by checks only', () => {
    const build = (app: App) => {
      const host = new CfnInstance(scratchStack(app), 'Host', { metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 9 } });
      ImdsExemption.of(host).add({ rule: 'Imdsv2::TokensRequired', reason: 'known' });
    };
    const found = { ...unanimous({ 'Stack/Host': ['Imdsv2::HopLimitTooHigh'] }), aspect: {} };
    expect(threeWays(build)).toEqual({ asWritten: found, enforced: found });
  });

  // The aspect warns on a stack, where CDK searches warnings. The validator names the construct with the exemption. The pack supports only resources.
  test('the end of an exemption is reported where each of them can report it', () => {
    const build = (app: App) => {
      new CfnInstance(scratchStack(app), 'Host', { metadataOptions: { httpTokens: 'required' } });
      ImdsExemption.of(app).add({ rule: 'Imdsv2::TokensRequired', reason: 'known', expires: '2027-03-31' });
    };
    const said = (path: string) => ({ [path]: ['Imdsv2::ExemptionExpiring' as const] });
    const { enforced } = threeWays(build, { today: TODAY });
    expect(enforced).toEqual({ aspect: said('Stack'), validator: said(''), pack: said('Stack/Host') });
  });
});

test('an instance that gets its tokens from an exempt launch template is accepted by all', () => {
  const { asWritten, enforced } = threeWays(app => {
    const stack = scratchStack(app);
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'optional' } } });
    ImdsExemption.of(template).add({ rule: 'Imdsv2::TokensRequired', reason: 'known' });
    const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
    new CfnInstance(stack, 'Host', { launchTemplate });
    new CfnInstance(stack, 'Weak', { launchTemplate, metadataOptions: { httpTokens: 'optional' } });
  });
  expect(asWritten).toEqual(unanimous({ 'Stack/Weak': ['Imdsv2::TokensRequired'] }));
  expect(enforced).toEqual(unanimous({}));
});

describe('tags outside properties', () => {
  const host = { httpTokens: 'required', instanceMetadataTags: 'enabled' };
  const found = { 'Stack/Host': ['Imdsv2::TagKeyNotAllowed' as const] };

  test('tags from an aspect are found by all', () => {
    const { asWritten, enforced } = threeWays(app => {
      new CfnInstance(scratchStack(app), 'Host', { metadataOptions: host });
      Tags.of(app).add('cost center', '7');
    });
    expect(asWritten).toEqual(unanimous(found));
    expect(enforced).toEqual(unanimous(found));
  });

  test('the tags of a stack are found by all', () => {
    const { asWritten, enforced } = threeWays(app => {
      new CfnInstance(new Stack(app, 'Stack', { tags: { 'cost center': '7' } }), 'Host', { metadataOptions: host });
    });
    expect(asWritten).toEqual(unanimous(found));
    expect(enforced).toEqual(unanimous(found));
  });
});

test.each<readonly [string, (stack: Stack) => void]>([
  ['another type by override', stack => new CfnResource(stack, 'Host', { type: 'AWS::SNS::Topic' }).addOverride('Type', 'AWS::EC2::Instance')],
  ['another logical id', stack => new CfnInstance(stack, 'Host').overrideLogicalId('Other')],
  ['no properties at all', stack => new CfnInstance(stack, 'Host', { imageId: 'ami-1' }).addDeletionOverride('Properties')],
])('a resource with %s has the same verdict everywhere', (_, build) => {
  const { asWritten, enforced } = threeWays(app => build(scratchStack(app)));
  expect(asWritten).toEqual(unanimous({ 'Stack/Host': ['Imdsv2::TokensRequired'] }));
  expect(enforced).toEqual(unanimous({}));
});
