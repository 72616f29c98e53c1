import { mkdtempSync, readFileSync } from 'fs';
import { join } from 'path';
import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { parse } from 'yaml';
import { ImdsConfigRule } from '../../../src/transition/config/imds-config-rule';
import { ImdsConfigRules } from '../../../src/transition/config/imds-config-rules';
import { ImdsConformancePack } from '../../../src/transition/config/imds-conformance-pack';
import { ImdsConformancePackTemplate } from '../../../src/transition/config/imds-conformance-pack-template';
import type { ImdsConformancePackTemplateProps } from '../../../src/transition/config/imds-conformance-pack-template';
import { ImdsOrganizationConformancePack } from '../../../src/transition/config/imds-organization-conformance-pack';
import type { ImdsOrganizationConformancePackProps } from '../../../src/transition/config/imds-organization-conformance-pack';
import { ImdsRemediation } from '../../../src/transition/config/imds-remediation';
import type { Plain } from '../../../src/transition/config/yaml-text';
import { yamlText } from '../../../src/transition/config/yaml-text';
import type { Json } from '../../harness/json';
import { resourceOf } from '../../harness/resources';
import { SCRATCH, scratchApp, scratchStack } from '../../harness/scratch-app';
import { ServiceSpec } from '../../resources/service-spec';
import { deployedIn } from './conditions';

const REGIONS = RegionInfo.regions.map(({ name }) => name);
const SPEC = new ServiceSpec();

const templateOf = (props?: ImdsConformancePackTemplateProps) => parse(ImdsConfigRules.conformancePack(props).body) as Json;
const bodyIn = (stack: Stack, type: string) => parse(resourceOf(stack, type).Properties.TemplateBody as string) as Json;
const resourcesOf = (template: Json) => template.Resources as { readonly [id: string]: { readonly Type: string; readonly Properties: Json } };

/** The paths of all properties of an object, in the form of the AWS service specification. */
function pathsIn(value: unknown, prefix = ''): readonly string[] {
  if (Array.isArray(value)) { return value.flatMap(element => typeof element === 'object' ? pathsIn(element, prefix.replace(/\.$/, '[].')) : []); }
  return Object.entries(value as Json).flatMap(([name, below]) => [prefix + name, ...typeof below === 'object' && below !== null ? pathsIn(below, `${prefix}${name}.`) : []]);
}

const FREE = ['InputParameters.', 'Parameters.'];
const EVERYTHING = { rules: ImdsConfigRule.all(), remediation: ImdsRemediation.bySupportRunbook({ automatic: true }) };

describe('the template', () => {
  test('contains only rules and a remediation, with properties that CloudFormation knows and all required ones', () => {
    for (const { Type, Properties } of Object.values(resourcesOf(templateOf(EVERYTHING)))) {
      expect(['AWS::Config::ConfigRule', 'AWS::Config::RemediationConfiguration']).toContain(Type);
      const unknown = pathsIn(Properties).filter(path => !FREE.some(prefix => path.startsWith(prefix)) && !SPEC.placeAt(Type, path));
      expect([Type, unknown]).toEqual([Type, []]);
      expect(Object.keys(Properties)).toEqual(expect.arrayContaining(SPEC.requiredProperties(Type)));
    }
  });

  test('has the rules of an account, in every Region', () => {
    const stack = scratchStack();
    new ImdsConfigRules(stack, 'Rules');
    const ofAccount = Template.fromStack(stack).toJSON() as Json;
    const said = (template: Json, region: string) => Object.values(deployedIn(region, template)).map(({ Properties }) => {
      const { ConfigRuleName, ...others } = Properties as Json;
      return JSON.stringify(sorted(others));
    }).sort();
    for (const region of REGIONS) { expect([region, said(templateOf(), region)]).toEqual([region, said(ofAccount, region)]); }
  });

  test.each<[string, ImdsConformancePackTemplateProps]>([['by default', {}], ['with all there is', EVERYTHING]])('fits into a request, %s', (_, props) => {
    expect(Buffer.byteLength(ImdsConfigRules.conformancePack(props).body)).toBeLessThanOrEqual(51_200);
  });

  test('has the same rule name in the remediation, which depends on the rule', () => {
    const { Ec2Imdsv2Check, Remediation } = resourcesOf(templateOf({ remediation: ImdsRemediation.byConfigRunbook() }));
    expect(Remediation).toMatchObject({ DependsOn: 'Ec2Imdsv2Check', Properties: { ConfigRuleName: Ec2Imdsv2Check.Properties.ConfigRuleName } });
  });

  test('has a parameter for the ARN of the role, or uses a role name that exists in each account', () => {
    const remediation = ImdsRemediation.bySupportRunbook();
    const roleIn = (template: Json) => resourcesOf(template).Remediation.Properties.Parameters;
    const open = templateOf({ remediation });
    expect(open.Parameters).toMatchObject({ AutomationAssumeRole: { Type: 'String' } });
    expect(roleIn(open)).toMatchObject({ AutomationAssumeRole: { StaticValue: { Values: [{ Ref: 'AutomationAssumeRole' }] } }, EnforceIMDSv2: { StaticValue: { Values: ['required'] } } });
    const named = templateOf({ remediation, remediationRoleName: '/team/ImdsRemediation' });
    expect(named).not.toHaveProperty('Parameters');
    expect(roleIn(named)).toMatchObject({
      AutomationAssumeRole: { StaticValue: { Values: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/team/ImdsRemediation' }] } },
    });
  });

  test('is written into a file, which it overwrites', () => {
    const path = join(mkdtempSync(join(SCRATCH, 'pack-')), 'pack.yaml');
    ImdsConfigRules.conformancePack({ tokenHopLimit: 1 }).writeTo(path);
    const template = ImdsConfigRules.conformancePack();
    template.writeTo(path);
    expect(readFileSync(path, 'utf8')).toBe(template.body);
    expect(() => template.writeTo(join(path, 'below'))).toThrow(path);
    expect(() => template.writeTo(undefined as never)).toThrow('path must be a string, got undefined');
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(sorted); }
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort().map(([key, each]) => [key, sorted(each)])) : value;
}

test.each<[string, Plain]>([
  ['lines', { text: '# a\n\nrule b {\n  c: \'d\' "e" \\ %\n}\n' }],
  ['lines without an end', { text: 'a\nb' }],
  ['lines that end twice', { text: 'a\n\n' }],
  ['lines that begin with a space', { text: ' a\nb\n' }],
  ['lines that end with a space', { text: 'a\nb \n' }],
  ['tabs, carriage returns and characters outside ASCII', { text: 'a\tb\r\nä\u2028\u0085\n' }],
  ['words with a meaning in YAML', { yes: 'no', on: 'null', n: '012', e: '1e3', x: '~', empty: '', colon: 'a: b', dash: '- a', hash: 'a #b' }],
  ['keys', { 'Fn::Sub': 1, 'AWS::Region': true, 'a b': 2, '012': 3, '*': 4, 'true': 5, 'a:': 6, '': 7 }],
  ['lists of lists and of objects', { list: [['a', ['b']], { c: ['d', { e: 1, f: [{ g: 2 }] }] }, 3, false] }],
  ['nothing', { object: {}, list: [], in: [{}, []] }],
  ['lines in a list', { list: ['a\nb\n', { text: 'c\nd\n' }] }],
])('%s are the same after YAML', (_, value) => {
  expect(parse(yamlText(value))).toEqual(value);
});

describe('a pack of an account', () => {
  test('has the template, a name, and its own role', () => {
    const stack = scratchStack();
    const pack = new ImdsConformancePack(stack, 'Pack', { remediation: ImdsRemediation.byConfigRunbook({ automatic: true }) });
    const { Properties, DependsOn } = resourceOf(stack, 'AWS::Config::ConformancePack');
    expect(Properties).toMatchObject({
      ConformancePackName: expect.stringMatching(/^[a-zA-Z][-a-zA-Z0-9]*$/) as unknown,
      ConformancePackInputParameters: [{ ParameterName: 'AutomationAssumeRole', ParameterValue: stack.resolve(pack.remediationRole!.roleArn) as unknown }],
    });
    expect(DependsOn).toContain(resourceOf(stack, 'AWS::IAM::Role').logicalId);
    expect(resourcesOf(bodyIn(stack, 'AWS::Config::ConformancePack')).Remediation.Properties).toMatchObject({ Automatic: true, RetryAttemptSeconds: 300 });
    expect(Annotations.fromStack(stack).findWarning('/Stack/Pack', Match.stringLikeRegexp('Imdsv2::CutsOffImdsv1'))).toHaveLength(1);
  });

  test('can use a role of the user, and needs none without a remediation', () => {
    const stack = scratchStack();
    const arn = 'arn:aws:iam::111122223333:role/automation';
    const role = Role.fromRoleArn(stack, 'Own', arn, { mutable: false });
    new ImdsConformancePack(stack, 'Pack', { remediation: ImdsRemediation.byConfigRunbook({ role }), conformancePackName: 'imdsv2' });
    expect(resourceOf(stack, 'AWS::Config::ConformancePack').Properties).toMatchObject({
      ConformancePackName: 'imdsv2', ConformancePackInputParameters: [{ ParameterName: 'AutomationAssumeRole', ParameterValue: arn }],
    });
    const plain = scratchStack();
    new ImdsConformancePack(plain, 'Pack');
    expect(resourceOf(plain, 'AWS::Config::ConformancePack').Properties).not.toHaveProperty('ConformancePackInputParameters');
  });
});

test.each(['', '1st', 'a b', 'a_b', 'x'.repeat(257)])('a pack is not called \'%s\'', conformancePackName => {
  expect(() => new ImdsConformancePack(scratchStack(), 'Pack', { conformancePackName })).toThrow('conformancePackName must be a letter, then ');
});

describe('a pack of an organization', () => {
  const stackWith = (props?: ImdsOrganizationConformancePackProps) => {
    const stack = scratchStack(scratchApp(), 'Stack');
    new ImdsOrganizationConformancePack(stack, 'Pack', props);
    return stack;
  };
  const TYPE = 'AWS::Config::OrganizationConformancePack';

  test('has the template of a file, and excludes accounts', () => {
    const props = { tokenHopLimit: 1, remediation: ImdsRemediation.byConfigRunbook(), remediationRoleName: 'ImdsRemediation' };
    const stack = stackWith({ ...props, excludedAccounts: ['111122223333'], organizationConformancePackName: 'imdsv2' });
    expect(resourceOf(stack, TYPE).Properties).toEqual({
      OrganizationConformancePackName: 'imdsv2', ExcludedAccounts: ['111122223333'], TemplateBody: ImdsConfigRules.conformancePack(props).body,
    });
  });

  test.each<[string, unknown, string]>([
    ['a remediation without a role', { remediation: ImdsRemediation.byConfigRunbook() }, 'remediationRoleName must be given with a remediation, got undefined'],
    ['a name', { organizationConformancePackName: 'x'.repeat(129) }, 'organizationConformancePackName must be a letter, then letters, digits and hyphens, 128 '],
    ['an account', { excludedAccounts: ['x'] }, "excludedAccounts must be ids of accounts, such as '111122223333', got 'x'"],
  ])('an invalid %s is rejected', (_, props, message) => {
    expect(() => stackWith(props as ImdsOrganizationConformancePackProps)).toThrow(message);
  });
});

test.each<[string, () => ImdsConformancePackTemplateProps, string]>([
  ['a role of one account', () => ({ remediation: ImdsRemediation.byConfigRunbook({ role: Role.fromRoleName(scratchStack(), 'Own', 'own') }) }), 'remediation must have no role'],
  ['a role for nothing', () => ({ remediationRoleName: 'ImdsRemediation' }), "remediationRoleName is for a remediation, got 'ImdsRemediation' and none"],
  ['the ARN of a role', () => ({ remediation: ImdsRemediation.byConfigRunbook(), remediationRoleName: 'arn:aws:iam::111122223333:role/a' }), 'remediationRoleName must be the name of a role'],
  ['a name with a variable', () => ({ remediation: ImdsRemediation.byConfigRunbook(), remediationRoleName: '${AWS::Region}' }), 'remediationRoleName must be the name of a role'],
  ['nothing to remediate', () => ({ rules: [ImdsConfigRule.IMAGE_BUILDER_TOKENS], remediation: ImdsRemediation.byConfigRunbook() }), 'rules must include ImdsConfigRule.EC2_IMDSV2_CHECK'],
])('%s is rejected in a template', (_, props, message) => {
  expect(() => ImdsConfigRules.conformancePack(props())).toThrow(message);
});

test('one function creates a template', () => {
  expect(ImdsConfigRules.conformancePack()).toBeInstanceOf(ImdsConformancePackTemplate);
});
