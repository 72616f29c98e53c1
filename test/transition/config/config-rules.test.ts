import { Stack, Stage, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedRuleIdentifiers, ResourceType } from 'aws-cdk-lib/aws-config';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { RECORDS } from '../../../src/resources/all-records';
import { ImdsConfigRule } from '../../../src/transition/config/imds-config-rule';
import { ImdsConfigRules } from '../../../src/transition/config/imds-config-rules';
import type { ImdsConfigRulesProps } from '../../../src/transition/config/imds-config-rules';
import { ImdsOrganizationConfigRules } from '../../../src/transition/config/imds-organization-config-rules';
import type { ImdsOrganizationConfigRulesProps } from '../../../src/transition/config/imds-organization-config-rules';
import { failuresOn } from '../../guard/cfn-guard';
import type { Json } from '../../harness/json';
import { scratchApp, scratchStack } from '../../harness/scratch-app';
import { deployedIn } from './conditions';

const RULE = 'AWS::Config::ConfigRule';
const REGIONS = RegionInfo.regions.map(({ name }) => name);

/** A rule of a template, as far as the tests use it. */
interface RuleProperties {
  readonly Source: {
    readonly Owner: string;
    readonly SourceIdentifier?: string;
    readonly CustomPolicyDetails?: { readonly PolicyRuntime: string; readonly PolicyText: string };
  };
  readonly Scope: Json;
  readonly ConfigRuleName?: string;
  readonly Description: string;
}

/** The rules that two stacks create in a Region: one with a known Region, and one without. */
interface RulesInRegion {
  readonly known: readonly RuleProperties[];
  readonly unknown: readonly RuleProperties[];
}

function stackWith(props: ImdsConfigRulesProps | undefined = undefined, region?: string): Stack {
  const stack = scratchStack(scratchApp(), 'Stack', region === undefined ? {} : { env: { region } });
  new ImdsConfigRules(stack, 'Rules', props);
  return stack;
}

const templateOf = (stack: Stack) => Template.fromStack(stack).toJSON() as Json;

const rulesOf = (template: Json, region: string) =>
  Object.values(deployedIn(region, template)).map(({ Properties }) => Properties as unknown as RuleProperties);
const rulesIn = (stack: Stack, region: string) => rulesOf(templateOf(stack), region);

/** The requirement of a rule, and its resource type, for both kinds of rules. */
const asked = ({ Source: { SourceIdentifier, CustomPolicyDetails }, Scope }: RuleProperties) => {
  const words = SourceIdentifier ?? CustomPolicyDetails!.PolicyText;
  return `${JSON.stringify(Scope.ComplianceResourceTypes)} ${/HOP_LIMIT|hop_limit/.test(words) ? 'hops' : 'tokens'}`;
};

const policyTexts = (stack: Stack, region = 'eu-west-1') => rulesIn(stack, region).flatMap(({ Source }) => Source.CustomPolicyDetails?.PolicyText ?? []);

describe('a rule', () => {
  test('is one of twelve: five of AWS, of which CDK has four', () => {
    expect(ImdsConfigRule.all().map(({ name }) => name)).toHaveLength(12);
    const known = ImdsConfigRule.managed().map(({ identifier }) => [identifier, identifier! in ManagedRuleIdentifiers]);
    expect(Object.fromEntries(known)).toEqual({
      EC2_IMDSV2_CHECK: true,
      EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK: false,
      EC2_TOKEN_HOP_LIMIT_CHECK: true,
      AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2: true,
      AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT: true,
    });
  });

  test('is in the list if it is a constant of the class', () => {
    const constants = Object.values(ImdsConfigRule).filter(value => value instanceof ImdsConfigRule);
    expect(new Set(ImdsConfigRule.all())).toEqual(new Set(constants));
  });

  test.each(ImdsConfigRule.all().map(rule => [rule.name, rule] as const))('%s has a type that CDK knows, blind spots, a page, and a valid name', (name, rule) => {
    expect(Object.values(ResourceType).map(type => (type as ResourceType).complianceResourceType)).toContain(rule.resourceType);
    expect(rule.blindSpots.length).toBeGreaterThan(0);
    expect(rule.documentation).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/config\/latest\/developerguide\/[\w-]+\.html$/);
    expect(name).toMatch(/^[a-z\d-]{1,40}$/);
  });

  test.each(ImdsConfigRule.managed().map(rule => [rule.name, rule] as const))('%s is missing only in Regions that CDK knows, where another rule replaces it', (_, rule) => {
    expect(REGIONS).toEqual(expect.arrayContaining(rule.regionsWithout));
    expect(new Set(rule.regionsWithout).size).toBe(rule.regionsWithout.length);
    expect(rule.standIn === undefined).toBe(rule.regionsWithout.length === 0);
    expect(rule.standIn?.resourceType ?? rule.resourceType).toBe(rule.resourceType);
  });
});

describe('by default', () => {
  const everything = RECORDS.filter(({ configSpelling }) => configSpelling).flatMap(({ type }) => [`["${type}"] hops`, `["${type}"] tokens`]).sort();

  /** Uses one synthesis for all Regions. */
  function rulesByRegion(props?: ImdsConfigRulesProps): { readonly [region: string]: RulesInRegion } {
    const app = scratchApp();
    const add = (id: string, region?: string) => { new ImdsConfigRules(scratchStack(app, id, { env: { region } }), 'Rules', props); };
    add('anywhere');
    REGIONS.forEach(region => add(region, region));
    const assembly = app.synth();
    const inRegion = (id: string, region: string) => rulesOf(assembly.getStackByName(id).template as Json, region);
    return Object.fromEntries(REGIONS.map(region => [region, { known: inRegion(region, region), unknown: inRegion('anywhere', region) }]));
  }

  test('each type that AWS Config records with its options has one rule for tokens and one for hops, in every Region, known or not', () => {
    const answers = Object.values(rulesByRegion()).flatMap(({ known, unknown }) => [known, unknown].map(rules => rules.map(asked).sort()));
    expect(answers).toEqual(answers.map(() => everything));
  });

  test.each<[string, ImdsConfigRulesProps]>([
    ['by default', {}], ['with a hop limit of 1', { tokenHopLimit: 1 }], ['where they are chosen', { rules: ImdsConfigRule.managed() }],
  ])('a managed rule is not created in a Region where AWS does not have it, %s', (_, props) => {
    const isMissing = (region: string, named: string | undefined) =>
      ImdsConfigRule.managed().some(({ identifier, regionsWithout }) => identifier === named && regionsWithout.includes(region));
    const wrong = Object.entries(rulesByRegion(props)).flatMap(([region, { known, unknown }]) =>
      [...known, ...unknown].filter(({ Source: { SourceIdentifier } }) => isMissing(region, SourceIdentifier)));
    expect(wrong).toEqual([]);
  });

  test('a stack with a known Region has no conditions', () => {
    expect(templateOf(stackWith(undefined, 'eu-south-2'))).not.toHaveProperty('Conditions');
  });

  test('a substitute in a known Region is reported as information', () => {
    const stack = stackWith(undefined, 'cn-north-1');
    const told = Annotations.fromStack(stack).findInfo('/Stack/Rules', Match.anyValue()).map(({ entry }) => entry.data);
    expect(told).toEqual([expect.stringMatching(/^AWS does not have EC2_TOKEN_HOP_LIMIT_CHECK in cn-north-1 .*: the Guard rule imdsv2-instance-hop-limit stands in for it$/)]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
    expect(Annotations.fromStack(stackWith(undefined, 'eu-west-1')).findInfo('*', Match.anyValue())).toEqual([]);
  });

  test('in a Region that CDK does not know, Guard rules replace managed rules, because they exist in every Region', () => {
    const stack = stackWith(undefined, 'xx-newest-1');
    expect(rulesIn(stack, 'xx-newest-1').map(({ Source }) => Source.SourceIdentifier).filter(identifier => identifier)).toEqual(['EC2_IMDSV2_CHECK']);
    expect(Annotations.fromStack(stack).findInfo('/Stack/Rules', Match.stringLikeRegexp('CDK does not know xx-newest-1, where AWS may not have EC2_TOKEN_HOP_LIMIT_CHECK')))
      .toHaveLength(1);
  });

  test('the same applies in a stage that sets the Region of its stacks', () => {
    const stage = new Stage(scratchApp(), 'Prod', { env: { region: 'us-gov-west-1' } });
    const stack = scratchStack(stage, 'Stack');
    new ImdsConfigRules(stack, 'Rules');
    expect(templateOf(stack)).not.toHaveProperty('Conditions');
    expect(rulesIn(stack, 'us-gov-west-1').map(asked).sort()).toEqual(everything);
  });

  test('if AWS has no rule, it is a custom policy rule for Guard 2 with at most 10,000 characters', () => {
    for (const { Source, Description } of rulesIn(stackWith(), 'ca-west-1')) {
      expect(Description.length).toBeLessThanOrEqual(256);
      if (!Source.CustomPolicyDetails) { continue; }
      expect(Source).toMatchObject({ Owner: 'CUSTOM_POLICY', CustomPolicyDetails: { PolicyRuntime: 'guard-2.x.x' } });
      expect(Source.CustomPolicyDetails.PolicyText.length).toBeLessThanOrEqual(10_000);
    }
  });
});

describe('the hop limit', () => {
  test.each([1, 2, 3, 64])('of %i applies to the rule of AWS and to the Guard rules', limit => {
    const stack = stackWith({ tokenHopLimit: limit }, 'eu-west-1');
    Template.fromStack(stack).hasResourceProperties(RULE, {
      Source: { SourceIdentifier: 'EC2_TOKEN_HOP_LIMIT_CHECK' }, InputParameters: { tokenHopLimit: String(limit) },
    });
    const item = (hops: number) => ({
      resourceType: 'AWS::EC2::LaunchTemplate', configurationItemStatus: 'OK', configuration: { LaunchTemplateData: { MetadataOptions: { HttpPutResponseHopLimit: hops } } },
    });
    const rule = policyTexts(stack).find(text => text.includes('imdsv2_hop_limit_at_most_ec2_launch_template'))!;
    expect(failuresOn(rule, { most: item(limit), more: item(limit + 1) })).toEqual({ most: [], more: ['imdsv2_hop_limit_at_most_ec2_launch_template'] });
  });

  test('of 1 for launch configurations uses the rule of AWS, which supports no other limit', () => {
    const identifiers = (tokenHopLimit: number) => rulesIn(stackWith({ tokenHopLimit }, 'eu-west-1'), 'eu-west-1').map(({ Source }) => Source.SourceIdentifier);
    expect(identifiers(1)).toContain('AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT');
    expect(identifiers(2)).not.toContain('AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT');
  });

  test("of AWS\'s rule for launch configurations is 1, also if a Guard rule replaces it", () => {
    const [rule] = policyTexts(stackWith({ rules: [ImdsConfigRule.AUTOSCALING_LAUNCH_CONFIG_HOP_LIMIT], tokenHopLimit: 3 }, 'us-gov-west-1'));
    const item = (hops: number) => ({
      resourceType: 'AWS::AutoScaling::LaunchConfiguration', configurationItemStatus: 'OK', configuration: { metadataOptions: { httpPutResponseHopLimit: hops } },
    });
    expect(Object.values(failuresOn(rule, { one: item(1), two: item(2) })).map(({ length }) => length)).toEqual([0, 1]);
  });
});

describe('custom policy rules', () => {
  const ITEMS: readonly (readonly [type: string, item: (tokens: unknown, hops: unknown) => unknown])[] = [
    ['AWS::EC2::Instance', (httpTokens, httpPutResponseHopLimit) => ({ metadataOptions: { httpTokens, httpPutResponseHopLimit } })],
    ['AWS::EC2::LaunchTemplate', (HttpTokens, HttpPutResponseHopLimit) => ({ LaunchTemplateData: { MetadataOptions: { HttpTokens, HttpPutResponseHopLimit } } })],
    ['AWS::AutoScaling::LaunchConfiguration', (httpTokens, httpPutResponseHopLimit) => ({ metadataOptions: { httpTokens, httpPutResponseHopLimit } })],
    ['AWS::ImageBuilder::InfrastructureConfiguration', (HttpTokens, HttpPutResponseHopLimit) => ({ InstanceMetadataOptions: { HttpTokens, HttpPutResponseHopLimit } })],
  ];
  const rulesOfGuard = ImdsConfigRule.all().filter(({ identifier }) => identifier === undefined);

  test.each(rulesOfGuard.map(rule => [rule.name, rule] as const))('%s fails for noncompliant resources of its type only', (_, rule) => {
    const [text] = policyTexts(stackWith({ rules: [rule] }));
    const documents = Object.fromEntries(ITEMS.flatMap(([resourceType, configuration]) => [
      ['good', 'required', 2], ['weak', 'optional', 2], ['far', 'required', 3], ['unset', undefined, undefined],
    ].map(([name, tokens, hops]) => [
      `${name} ${resourceType}`, { resourceType, configurationItemStatus: 'OK', configuration: configuration(tokens, hops) },
    ])));
    const failed = Object.entries(failuresOn(text, documents)).filter(([, failures]) => failures.length > 0).map(([name]) => name);
    const expected = rule.name.endsWith('tokens') ? ['unset', 'weak'] : ['far'];
    expect(failed.sort()).toEqual(expected.map(name => `${name} ${rule.resourceType}`));
  });
});

describe('names', () => {
  test('are generated by CloudFormation, or have a prefix', () => {
    expect(rulesIn(stackWith(), 'eu-west-1').map(({ ConfigRuleName }) => ConfigRuleName)).toEqual(Array(8).fill(undefined));
    const names = rulesIn(stackWith({ ruleNamePrefix: 'team-' }), 'eu-west-1').map(({ ConfigRuleName }) => ConfigRuleName);
    expect(names).toContain('team-ec2-imdsv2-check');
    expect(new Set(names).size).toBe(8);
  });

  test.each(['a b/c', 'x'.repeat(89)])('that begin with %s are refused', ruleNamePrefix => {
    expect(() => stackWith({ ruleNamePrefix })).toThrow(/^ruleNamePrefix must be letters, digits, hyphens and underscores, 88 characters at most, got '(a b|x{60})/);
  });

  test('have space for the longest prefix', () => {
    const names = rulesIn(stackWith({ ruleNamePrefix: 'x'.repeat(88), rules: ImdsConfigRule.all() }), 'eu-west-1').map(({ ConfigRuleName }) => ConfigRuleName as string);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(128);
  });

  test('of rules find them', () => {
    const stack = scratchStack();
    const rules = new ImdsConfigRules(stack, 'Rules', { rules: [ImdsConfigRule.EC2_IMDSV2_CHECK] });
    expect(rules.find(ImdsConfigRule.EC2_IMDSV2_CHECK)).toBe(rules.rules[0]);
    expect(rules.find(ImdsConfigRule.IMAGE_BUILDER_TOKENS)).toBeUndefined();
    expect(Token.isUnresolved(rules.rules[0].configRuleName)).toBe(true);
  });
});

test.each([['cn-north-1', 'CUSTOM_POLICY'], ['eu-west-1', 'AWS']])('with a rule and its substitute, only one exists: in %s that of %s', (region, owner) => {
  const rules = [ImdsConfigRule.INSTANCE_HOP_LIMIT, ImdsConfigRule.EC2_TOKEN_HOP_LIMIT_CHECK];
  for (const stack of [stackWith({ rules }), stackWith({ rules }, region)]) {
    expect(rulesIn(stack, region).map(({ Source }) => Source.Owner)).toEqual([owner]);
  }
});

test('all rules together check nothing twice, in every Region', () => {
  const template = templateOf(stackWith({ rules: ImdsConfigRule.all() }));
  const twice = REGIONS.filter(region => {
    const questions = rulesOf(template, region).map(asked);
    return new Set(questions).size !== questions.length || questions.length !== 8;
  });
  expect(twice).toEqual([]);
});

test('rules of one stack share their conditions, and all conditions differ', () => {
  const stack = scratchStack();
  new ImdsConfigRules(stack, 'One');
  new ImdsConfigRules(stack, 'Other', { tokenHopLimit: 1 });
  new ImdsOrganizationConfigRules(stack, 'Organization');
  const conditions = Object.values(templateOf(stack).Conditions as Json).map(condition => JSON.stringify(condition));
  expect(new Set(conditions).size).toBe(conditions.length);
});

describe('in an organization', () => {
  function organizationStack(props?: ImdsOrganizationConfigRulesProps, region = 'eu-south-2'): Stack {
    const stack = scratchStack(scratchApp(), 'Stack', { env: { region } });
    new ImdsOrganizationConfigRules(stack, 'Rules', props);
    return stack;
  }

  const propertiesOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::Config::OrganizationConfigRule')).map(({ Properties }) => Properties as Json);

  test('rules are the same as in an account', () => {
    const rules = propertiesOf(organizationStack({ excludedAccounts: ['111122223333'] }));
    expect(rules).toHaveLength(8);
    expect(rules.map(({ ExcludedAccounts }) => ExcludedAccounts)).toEqual(Array(8).fill(['111122223333']));
    expect(rules).toContainEqual(expect.objectContaining({
      OrganizationConfigRuleName: 'organization-ec2-imdsv2-check',
      OrganizationManagedRuleMetadata: {
        RuleIdentifier: 'EC2_IMDSV2_CHECK', Description: 'AWS::EC2::Instance requires IMDSv2', ResourceTypesScope: ['AWS::EC2::Instance'],
      },
    }));
    const [text] = policyTexts(stackWith({ rules: [ImdsConfigRule.INSTANCE_HOP_LIMIT] }));
    expect(rules).toContainEqual(expect.objectContaining({
      OrganizationCustomPolicyRuleMetadata: expect.objectContaining({
        Runtime: 'guard-2.x.x', PolicyText: text, OrganizationConfigRuleTriggerTypes: expect.arrayContaining(['ConfigurationItemChangeNotification']) as unknown,
      }) as unknown,
    }));
  });

  test('parameters are JSON text', () => {
    const metadata = propertiesOf(organizationStack({ tokenHopLimit: 5 }, 'eu-west-1')).map(({ OrganizationManagedRuleMetadata }) => OrganizationManagedRuleMetadata as Json | undefined);
    expect(metadata.flatMap(each => each?.InputParameters ?? [])).toEqual(['{"tokenHopLimit":"5"}']);
  });

  test('names are short enough with the longest prefix', () => {
    const rules = propertiesOf(organizationStack({ ruleNamePrefix: 'x'.repeat(24), rules: ImdsConfigRule.all() }));
    expect(Math.max(...rules.map(({ OrganizationConfigRuleName }) => (OrganizationConfigRuleName as string).length))).toBeLessThanOrEqual(64);
  });

  test.each<[string, unknown, string]>([
    ['a prefix', { ruleNamePrefix: 'x'.repeat(25) }, "ruleNamePrefix must be letters, digits, hyphens and underscores, 24 characters at most, got 'x"],
    ['a prefix with a space', { ruleNamePrefix: 'my rules ' }, 'ruleNamePrefix must be letters'],
    ['an account', { excludedAccounts: ['1234'] }, "excludedAccounts must be ids of accounts, such as '111122223333', got '1234'"],
    ['an account without quotes', { excludedAccounts: [111122223333] }, "excludedAccounts must be ids of accounts, such as '111122223333', in quotes, got 111122223333"],
    ['too many accounts', { excludedAccounts: Array(1001).fill('111122223333') }, 'excludedAccounts must be 1000 accounts at most, got 1001'],
    ['accounts', { excludedAccounts: '111122223333' }, "excludedAccounts must be a list, got '111122223333'"],
    ['a remediation', { remediation: {} }, "props must not have 'remediation'"],
  ])('an invalid %s is rejected', (_, props, message) => {
    expect(() => organizationStack(props as ImdsOrganizationConfigRulesProps)).toThrow(message);
  });
});

test.each<[string, unknown, string]>([
  ['no rule', { rules: [] }, 'rules must have a rule, got []'],
  ['a rule twice', { rules: [ImdsConfigRule.EC2_IMDSV2_CHECK, ImdsConfigRule.EC2_IMDSV2_CHECK] }, "rules must not have a rule twice, got 'ec2-imdsv2-check'"],
  ['a rule by its name', { rules: ['EC2_IMDSV2_CHECK'] }, "rules must be an ImdsConfigRule, such as ImdsConfigRule.EC2_IMDSV2_CHECK, got 'EC2_IMDSV2_CHECK'"],
  ['a hop limit of 0', { tokenHopLimit: 0 }, 'tokenHopLimit must be a whole number from 1 to 64, got 0'],
  ['a hop limit of 65', { tokenHopLimit: 65 }, 'tokenHopLimit must be a whole number from 1 to 64, got 65'],
  ['a hop limit in quotes', { tokenHopLimit: '2' }, "tokenHopLimit must be a whole number from 1 to 64, got '2'"],
  ['a hop limit that is not known', { tokenHopLimit: Token.asNumber({ Ref: 'Limit' }) }, 'tokenHopLimit must be known at synthesis'],
  ['an invalid remediation', { remediation: {} }, 'remediation must be an ImdsRemediation, such as ImdsRemediation.bySupportRunbook(), got {}'],
  ['another property', { hopLimit: 2 }, "props must not have 'hopLimit', got 2: did you mean 'tokenHopLimit'"],
  ['nothing', null, 'props must be an object with properties, got null'],
])('%s is rejected', (_, props, message) => {
  expect(() => stackWith(props as ImdsConfigRulesProps)).toThrow(message);
});
