import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Aws, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { ImdsGuardrailsProps } from '../../../src';
import {
  DefaultsBy, GuardHookMode, GuardHookScope, GuardrailStage,
  ImdsAccountDefaults, ImdsDriftDetection, ImdsGuardHookStackSet, ImdsGuardrails, ImdsStatements,
} from '../../../src';

const { OBSERVE, WARN, ENFORCE } = GuardrailStage;
/** Hooks that a stack set deploys. */
const EVERYWHERE = { guardHook: GuardHookScope.ORGANIZATION, guardHookRegions: ['us-east-1', 'eu-west-1'] };

const RULES = 'arn:*:events:*:*:rule/cdk-imdsv2-*';
const PAGE = readFileSync(join(__dirname, '../../../docs/guardrails.md'), 'utf8');

function guardrails(props: Partial<ImdsGuardrailsProps> = {}) {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false } as object), 'Guardrails', { env: { region: 'us-east-1' } });
  const construct = new ImdsGuardrails(stack, 'Imds', { stage: ENFORCE, targetIds: ['ou-ab12-11111111'], ...props });
  return { stack, construct, template: () => Template.fromStack(stack) };
}

interface Statement {
  readonly Sid: string;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
  readonly Resource: unknown;
}

function statements(props: Partial<ImdsGuardrailsProps> = {}): Statement[] {
  const documents = guardrails(props).construct.serviceControlPolicy?.documents ?? [];
  return documents.flatMap(document => (JSON.parse(document) as { Statement: Statement[] }).Statement);
}

function statement(sid: string, props: Partial<ImdsGuardrailsProps> = {}): Statement {
  return statements(props).find(({ Sid }) => Sid === sid)!;
}

function sids(props: Partial<ImdsGuardrailsProps>): string[] {
  return statements(props).map(({ Sid }) => Sid);
}

function defaultsIn(props: Partial<ImdsGuardrailsProps>): { readonly [field: string]: unknown } | undefined {
  const document = guardrails(props).construct.declarativePolicy?.document;
  if (document === undefined) { return undefined; }
  const { ec2_attributes: attributes } = JSON.parse(document) as { ec2_attributes: { instance_metadata_defaults: Record<string, { '@@assign': unknown }> } };
  return Object.fromEntries(Object.entries(attributes.instance_metadata_defaults).map(([field, value]) => [field, value['@@assign']]));
}

/** The cells of a row in the page's table of stages. */
function cells(title: string): string[] {
  return PAGE.split('\n').find(line => line.startsWith(`| ${title}`) && line.split('|').length === 6)!.split('|').slice(2, 5).map(cell => cell.trim());
}

describe('The stages of ImdsGuardrails', () => {
  const factories = [
    ['denyWeakeningInstances', ImdsStatements.denyWeakeningInstances()],
    ['denyChangingAccountDefaults', ImdsStatements.denyChangingAccountDefaults()],
    ['denyUndoingGuardrails', ImdsStatements.denyUndoingGuardrails({
      hooks: false, functionArns: [ImdsAccountDefaults.FUNCTION_ARN_PATTERN], ruleArns: [RULES],
    })],
    ['denyLaunchWithoutTokens', ImdsStatements.denyLaunchWithoutTokens()],
    ['denyLaunchWithHopLimitAbove', ImdsStatements.denyLaunchWithHopLimitAbove(2)],
    ['denyLaunchConfigurationsWithoutTokens', ImdsStatements.denyLaunchConfigurationsWithoutTokens({ maxHopLimit: 2 })],
    ['denyImageBuilderWithoutTokens', ImdsStatements.denyImageBuilderWithoutTokens()],
    ['denyNotebooksWithoutTokens', ImdsStatements.denyNotebooksWithoutTokens()],
  ] as const;

  test.each(factories)('deny %s() in the stages of the page', (name, made) => {
    const expected = made.map(({ sid }) => sid!);
    [OBSERVE, WARN, ENFORCE].forEach((stage, index) => {
      const isDenied = cells(`\`${name}()\``)[index] === 'denied';
      expect(sids({ stage }).filter(sid => expected.includes(sid)).sort()).toEqual(isDenied ? [...expected].sort() : []);
    });
  });

  test('deny nothing that is not on the page', () => {
    const listed = factories.flatMap(([, made]) => made.map(({ sid }) => sid!));
    expect(sids({ stage: ENFORCE }).filter(sid => !listed.includes(sid))).toEqual([]);
  });

  test('deny creating and taking over exempt roles in the stages of the page', () => {
    [OBSERVE, WARN, ENFORCE].forEach((stage, index) => {
      const isDenied = cells('`denyTakingExemptPrincipals()`')[index] === 'denied';
      expect(sids({ stage, exemptPrincipalArns: ['arn:*:iam::*:role/platform/*'] }).includes('DenyTakingExemptRoles')).toBe(isDenied);
    });
  });

  test('deny credentials from IMDSv1 last, and only on request', () => {
    const asked = (stage: GuardrailStage) => sids({ stage, denyImdsv1Credentials: true }).includes('DenyImdsv1Credentials');
    expect([OBSERVE, WARN, ENFORCE].map(asked)).toEqual([false, false, true]);
  });

  test.each([
    ['http_tokens', '`http_tokens` of the defaults'],
    ['http_tokens_enforced', '`http_tokens_enforced` of the defaults'],
  ])('set %s in the stages of the page', (field, title) => {
    [OBSERVE, WARN, ENFORCE].forEach((stage, index) => {
      expect(defaultsIn({ stage })?.[field] ?? '').toBe(cells(title)[index].replaceAll('`', ''));
    });
  });

  test('have a hook that warns first, and refuses in the last stage', () => {
    const mode = (stage: GuardrailStage) => Object.values(guardrails({ stage }).template().findResources('AWS::CloudFormation::GuardHook'))
      .map(({ Properties }) => (Properties as { FailureMode: string }).FailureMode);
    expect([OBSERVE, WARN, ENFORCE].map(mode)).toEqual([['WARN'], ['WARN'], ['FAIL']]);
  });

  test('keep the logical ids, so that a stage is an update', () => {
    const ids = (stage: GuardrailStage) => Object.keys(guardrails({ stage }).template().toJSON().Resources as object);
    expect(ids(ENFORCE)).toEqual(expect.arrayContaining(ids(WARN)));
    expect(ids(WARN)).toEqual(expect.arrayContaining(ids(OBSERVE)));
  });
});

describe('ImdsGuardrails', () => {
  test('attach everything to the targets', () => {
    const { template } = guardrails({ targetIds: ['r-ab12', '111122223333'] });
    const policies = Object.values(template().findResources('AWS::Organizations::Policy'));
    expect(policies.map(({ Properties }) => (Properties as { TargetIds: string[] }).TargetIds)).toEqual([['r-ab12', '111122223333'], ['r-ab12', '111122223333']]);
  });

  const OF_ORGANIZATION = ['DenyLeavingOrganization', 'DenyUndoingOrganizationPolicies'];
  const OF_ADMINISTRATORS = [
    'DenyChangingAccountDefaults', 'DenyUndoingHooks', 'DenyTakingGuardrailRoles', 'DenyTakingGuardrailFunctions', 'DenyFeedingGuardrailFunctions',
    'DenyChangingGuardrailRules', 'DenyTakingExemptRoles', ...OF_ORGANIZATION,
  ];
  const FOR_ALL_REGIONS = [
    'DenyTakingGuardrailRoles', 'DenyTakingGuardrailFunctions', 'DenyFeedingGuardrailFunctions', 'DenyChangingGuardrailRules', ...OF_ORGANIZATION,
  ];

  test('exempt accounts and Regions in every statement, except Regions for the organization and for resources that act in all Regions', () => {
    for (const { Sid, Condition } of statements({ exemptAccounts: ['111122223333'], exemptRegions: ['eu-west-1'], denyImdsv1Credentials: true })) {
      const { 'aws:PrincipalAccount': accounts, 'aws:RequestedRegion': regions } = Condition!.StringNotEquals;
      expect([Sid, accounts, regions]).toEqual([Sid, ['111122223333'], FOR_ALL_REGIONS.includes(Sid) ? undefined : ['eu-west-1']]);
    }
  });

  test('separate the principals that can launch from those that can undo guardrails', () => {
    const [launcher, administrator] = ['arn:*:iam::*:role/platform/ImageFactory', 'arn:*:iam::*:role/platform/Deployment'];
    const exempt = { exemptPrincipalArns: [launcher], administratorArns: [administrator] };
    for (const { Sid, Condition } of statements({ ...exempt, denyImdsv1Credentials: true, denyUndoingHooks: true })) {
      const letThrough = JSON.stringify(Condition!.ArnNotLike);
      expect([Sid, letThrough.includes(launcher), letThrough.includes(administrator)])
        .toEqual([Sid, !OF_ADMINISTRATORS.includes(Sid), OF_ADMINISTRATORS.includes(Sid)]);
    }
  });

  test('let the roles of their own account defaults change the defaults', () => {
    expect(statement('DenyChangingAccountDefaults').Condition).toEqual({ ArnNotLike: { 'aws:PrincipalArn': ['arn:*:iam::*:role/cdk-imdsv2/*'] } });
    expect(statement('DenyTakingGuardrailRoles').Resource).toContain('arn:*:iam::*:role/cdk-imdsv2/*');
    expect(statement('DenyTakingGuardrailFunctions').Resource).toBe(ImdsAccountDefaults.FUNCTION_ARN_PATTERN);
    expect(statement('DenyChangingGuardrailRules').Resource).toBe(RULES);
  });

  test('exempt named roles only from the denial of IMDSv1 credentials', () => {
    const props = { denyImdsv1Credentials: true, imdsv1PrincipalArns: ['arn:*:iam::*:role/legacy/*'] };
    expect(statement('DenyImdsv1Credentials', props).Condition).toHaveProperty('ArnNotLike', { 'aws:PrincipalArn': ['arn:*:iam::*:role/legacy/*'] });
    expect(statement('DenyLaunchWithoutTokens', props).Condition).not.toHaveProperty('ArnNotLike');
  });

  test('let launches leave tokens to the defaults if that is allowed', () => {
    expect(statement('DenyLaunchWithoutTokens').Condition).not.toHaveProperty('Null');
    expect(statement('DenyLaunchWithoutTokens', { allowUnsetTokens: true }).Condition).toHaveProperty('Null', { 'ec2:MetadataHttpTokens': 'false' });
  });

  test('accept the hop limits', () => {
    const props = { maxHopLimit: 3, httpPutResponseHopLimit: 3 };
    expect(statement('DenyLaunchWithHighHopLimit', props).Condition).toEqual({ NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': '3' } });
    expect(defaultsIn(props)).toHaveProperty('http_put_response_hop_limit', '3');
  });

  test('do not enforce tokens with EC2 if that is turned off', () => {
    expect(defaultsIn({ httpTokensEnforced: false })).toEqual({ http_tokens: 'required' });
  });

  test('set the defaults with a stack set, and protect its stacks', () => {
    const { template, construct } = guardrails({ defaultsBy: DefaultsBy.STACK_SET, delegatedAdmin: true });
    template().hasResourceProperties('AWS::CloudFormation::StackSet', {
      CallAs: 'DELEGATED_ADMIN',
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['ou-ab12-11111111'] } }],
      TemplateBody: Match.stringLikeRegexp('"HttpTokensEnforced":"enabled"'),
    });
    template().resourcePropertiesCountIs('AWS::Organizations::Policy', { Type: 'DECLARATIVE_POLICY_EC2' }, 0);
    expect(statement('DenyChangingGuardrailStacks', { defaultsBy: DefaultsBy.STACK_SET }).Resource)
      .toBe(`arn:*:cloudformation:*:*:stack/${construct.accountDefaults!.stackNamePattern}/*`);
    expect(statement('DenyChangingGuardrailStackSets', { defaultsBy: DefaultsBy.STACK_SET }).Resource)
      .toBe(`arn:*:cloudformation:*:*:stackset/${construct.accountDefaults!.stackSetName}:*`);
  });

  const driftIn = (props: Partial<ImdsGuardrailsProps>) => {
    const [{ Properties }] = Object.values(guardrails({ defaultsBy: DefaultsBy.STACK_SET, ...props }).template().findResources('AWS::CloudFormation::StackSet'));
    const body = (Properties as { TemplateBody: string }).TemplateBody;
    return { isScheduled: body.includes('AWS::Events::Rule'), repairs: body.includes('"IMDS_REPAIRS":"true"') };
  };

  test.each([
    [{ stage: WARN }, { isScheduled: true, repairs: false }],
    [{ stage: ENFORCE }, { isScheduled: true, repairs: false }],
    [{ stage: WARN, driftDetection: ImdsDriftDetection.repair() }, { isScheduled: true, repairs: true }],
    [{ stage: WARN, driftDetection: ImdsDriftDetection.off() }, { isScheduled: false, repairs: false }],
  ])('detect drift of defaults of a stack set, unless this is turned off: %j', (props, expected) => {
    expect(driftIn(props)).toEqual(expected);
  });

  test('protect hooks on request, from the second stage on', () => {
    const asked = (stage: GuardrailStage) => sids({ stage, denyUndoingHooks: true }).includes('DenyUndoingHooks');
    expect([OBSERVE, WARN, ENFORCE].map(asked)).toEqual([false, true, true]);
    expect(sids({ stage: ENFORCE })).not.toContain('DenyUndoingHooks');
  });

  test('create the protecting policies after the others', () => {
    interface Resource { readonly Type: string; readonly DependsOn?: string[] }
    const resources = guardrails().template().toJSON().Resources as { readonly [id: string]: Resource };
    const [[, policy]] = Object.entries(resources).filter(([id]) => id.includes('ServiceControlPolicy'));
    const hooks = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::CloudFormation::GuardHook').map(([id]) => id);
    expect(policy.DependsOn).toEqual(expect.arrayContaining(hooks));
  });

  test('pass on the properties of the hook', () => {
    guardrails({ guardHookProps: { stackFilters: { excludeNames: ['legacy-*'] } } }).template()
      .hasResourceProperties('AWS::CloudFormation::GuardHook', { FailureMode: 'FAIL', StackFilters: { StackNames: { Exclude: ['legacy-*'] } } });
  });

  test('let launches disable the endpoint instead', () => {
    expect(statement('DenyLaunchWithoutTokens').Condition).toHaveProperty('StringNotEquals', {
      'ec2:MetadataHttpTokens': 'required', 'ec2:MetadataHttpEndpoint': 'disabled',
    });
  });

  test.each([[OBSERVE, 'WARN'], [WARN, 'WARN'], [ENFORCE, 'FAIL']])('create hooks in the accounts of the organization, which in the stage %s %s', (stage, mode) => {
    const { template, construct } = guardrails({ ...EVERYWHERE, stage, delegatedAdmin: true, guardHookProps: { alias: 'Acme::Security::Imds' } });
    template().hasResourceProperties('AWS::CloudFormation::StackSet', {
      CallAs: 'DELEGATED_ADMIN',
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['ou-ab12-11111111'] }, Regions: ['us-east-1', 'eu-west-1'] }],
      TemplateBody: Match.stringLikeRegexp(`"Alias":"Acme::Security::Imds".*"FailureMode":"${mode}"`),
    });
    template().resourceCountIs('AWS::CloudFormation::GuardHook', 0);
    expect([construct.guardHook, construct.guardHookStackSet?.stackNamePattern]).toEqual([undefined, expect.stringMatching(/^StackSet-.*Hooks.*-\*$/)]);
  });

  test('protect the stacks, roles, functions and hooks of an organization, unless this is turned off', () => {
    const { construct } = guardrails({ ...EVERYWHERE, defaultsBy: DefaultsBy.STACK_SET });
    const stacks = [construct.accountDefaults!, construct.guardHookStackSet!].map(({ stackNamePattern }) => `arn:*:cloudformation:*:*:stack/${stackNamePattern}/*`);
    const { Resource } = statement('DenyChangingGuardrailStacks', { ...EVERYWHERE, defaultsBy: DefaultsBy.STACK_SET });
    expect(Resource).toEqual(stacks);
    expect(statement('DenyTakingGuardrailRoles', EVERYWHERE).Resource).toContain(ImdsGuardHookStackSet.ROLE_ARN_PATTERN);
    expect([statement('DenyTakingGuardrailFunctions', EVERYWHERE).Resource].flat()).toContain(ImdsGuardHookStackSet.FUNCTION_ARN_PATTERN);
    expect(sids(EVERYWHERE)).toContain('DenyUndoingHooks');
    expect(sids({ ...EVERYWHERE, denyUndoingHooks: false })).not.toContain('DenyUndoingHooks');
    expect(JSON.stringify(statement('DenyUndoingHooks', EVERYWHERE).Condition)).toContain('stacksets-exec-*'); // the stack set uses it to deploy the hooks
  });

  test('create the policies that protect hooks of the organization after the hooks', () => {
    interface Resource { readonly Type: string; readonly DependsOn?: string[] }
    const resources = guardrails(EVERYWHERE).template().toJSON().Resources as { readonly [id: string]: Resource };
    const [[, policy]] = Object.entries(resources).filter(([id]) => id.includes('ServiceControlPolicy'));
    const stackSets = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::CloudFormation::StackSet').map(([id]) => id);
    expect(stackSets).toHaveLength(1);
    expect(policy.DependsOn).toEqual(expect.arrayContaining(stackSets));
  });

  test('have no hook if that is turned off', () => {
    guardrails({ guardHook: GuardHookScope.NONE }).template().resourceCountIs('AWS::CloudFormation::GuardHook', 0);
  });

  test.each([
    [{ stage: OBSERVE }, undefined],
    [{ stage: WARN }, 'instances that are launched from now on'],
    [{ stage: ENFORCE }, 'instances that are launched from now on'],
    [{ stage: ENFORCE, denyImdsv1Credentials: true }, 'on running instances as well'],
  ])('warn about software that %j stops', (props, words) => {
    const { stack } = guardrails(props);
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Imdsv2::CutsOffImdsv1'));
    expect(warnings.map(({ entry }) => String(entry.data))).toEqual(words === undefined ? [] : [expect.stringContaining(words)]);
  });

  const ALONE = 'your exemptions apply only to the service control policy: ';
  const ENFORCED = 'httpTokensEnforced refuses the launches anyway (set it to false, or remove the accounts from targetIds)';
  const HOOK = '(guardHookProps.stackFilters)';

  test.each<[Partial<ImdsGuardrailsProps>, string | undefined]>([
    [{}, undefined],
    [{ exemptAccounts: ['111122223333'] }, `${ALONE}${ENFORCED}, and so does the hook ${HOOK}`],
    [{ exemptRegions: ['eu-west-1'], guardHook: GuardHookScope.NONE }, `${ALONE}${ENFORCED} [ack`],
    [{ exemptAccounts: ['111122223333'], httpTokensEnforced: false }, `${ALONE}the hook refuses their templates anyway ${HOOK}`],
    [{ exemptAccounts: ['111122223333'], httpTokensEnforced: false, ...EVERYWHERE }, `${ALONE}the hook refuses their templates anyway ${HOOK}`],
    [{ exemptAccounts: ['111122223333'], httpTokensEnforced: false, guardHook: GuardHookScope.NONE }, undefined],
    [{ exemptAccounts: ['111122223333'], httpTokensEnforced: false, guardHookProps: { enabled: false } }, undefined],
    [{ exemptAccounts: ['111122223333'], httpTokensEnforced: false, guardHookProps: { stackFilters: { excludeNames: ['legacy-*'] } } }, undefined],
    [{ exemptAccounts: ['111122223333'], stage: WARN }, undefined],
  ])('warn about exemptions that EC2 or the hook does not know: %j', (props, message) => {
    const { stack } = guardrails(props);
    const found = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Imdsv2::ExemptionNotReached'));
    expect(found.map(({ entry }) => String(entry.data))).toEqual(message === undefined ? [] : [expect.stringContaining(message)]);
  });

  test.each([
    [{ delegatedAdmin: true, denyUndoingHooks: true }, 1],
    [{ delegatedAdmin: true, denyUndoingHooks: true, administratorArns: ['arn:*:iam::*:role/platform/Deployment'] }, 0],
    [{ delegatedAdmin: true, denyUndoingHooks: true, exemptAccounts: ['111122223333'] }, 0],
    [{ delegatedAdmin: true, denyUndoingHooks: true, guardHook: GuardHookScope.NONE }, 1],
    [{ delegatedAdmin: true, denyUndoingHooks: true, stage: OBSERVE }, 0],
    [{ delegatedAdmin: true, ...EVERYWHERE }, 1],
    [{ delegatedAdmin: true }, 1],
    [{ denyUndoingHooks: true }, 0],
  ])('warn about guardrails that lock out their own deployment: %j', (props, count) => {
    const { stack } = guardrails(props);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Imdsv2::AdministratorNotExempt'))).toHaveLength(count);
  });

  test.each([
    [{ stage: 'later' as GuardrailStage }, "stage must be one of 'observe', 'warn', 'enforce', got 'later'"],
    [{ targetIds: [] }, 'targetIds must name at least one root, organizational unit or account, got none'],
    [{ targetIds: ['Workloads'] }, "got 'Workloads'"],
    [{ stage: OBSERVE, targetIds: ['Workloads'] }, "got 'Workloads'"],
    [{ stage: OBSERVE, exemptAccounts: ['1'] }, 'exemptAccounts must be account ids of 12 digits'],
    [{ maxHopLimit: 65 }, 'maxHopLimit must be a whole number from 1 to 64, got 65'],
    [{ httpPutResponseHopLimit: 0 }, 'httpPutResponseHopLimit must be a whole number from 1 to 64, got 0'],
    [{ httpPutResponseHopLimit: 3 }, 'httpPutResponseHopLimit must be at most maxHopLimit, which is 2, got 3'],
    [{ imdsv1PrincipalArns: ['arn:aws:iam::111122223333:role/Old'] }, 'imdsv1PrincipalArns needs denyImdsv1Credentials'],
    [{ administratorArns: 'arn:aws:iam::111122223333:role/Deployment' as unknown as string[] }, 'administratorArns must be a list'],
    [{ administratorArns: ['Deployment'] }, 'administratorArns must be ARNs of roles, users or root users'],
    [{ defaultsBy: DefaultsBy.STACK_SET, targetIds: ['111122223333'] }, "targetIds must be roots or organizational units where a stack set sets the defaults, got '111122223333'"],
    [{ defaultsBy: DefaultsBy.STACK_SET, stage: OBSERVE, targetIds: ['111122223333'] }, 'targetIds must be roots or organizational units'],
    [{ defaultsBy: DefaultsBy.STACK_SET, exceptionMessage: 'ask us' }, 'exceptionMessage needs a declarative policy'],
    [{ exceptionMessage: ' ', stage: OBSERVE }, "exceptionMessage must be a string that is not blank, got ' '"],
    [{ driftDetection: ImdsDriftDetection.report() }, 'driftDetection needs defaults by a stack set: nobody in the accounts can change what a declarative policy sets'],
    [{ guardHook: GuardHookScope.NONE, guardHookProps: {} }, "guardHookProps needs a hook, got guardHook 'none'"],
    [{ guardHook: false as unknown as GuardHookScope }, 'guardHook must be a GuardHookScope, got false: write GuardHookScope.NONE'],
    [{ guardHook: true as unknown as GuardHookScope }, 'guardHook must be a GuardHookScope, got true: write GuardHookScope.ACCOUNT'],
    [{ guardHook: 'everywhere' as GuardHookScope }, "guardHook must be one of 'account', 'organization', 'none', got 'everywhere'"],
    [{ guardHook: GuardHookScope.ORGANIZATION }, "guardHookRegions must name Regions where guardHook is 'organization', got none"],
    [{ guardHookRegions: ['eu-west-1'] }, "guardHookRegions needs the guardHook 'organization', got 'account'"],
    [{ ...EVERYWHERE, guardHookRegions: ['Ireland'] }, "guardHookRegions must be codes of Regions such as 'eu-west-1', got 'Ireland'"],
    [{ ...EVERYWHERE, stage: OBSERVE, targetIds: ['111122223333'] }, "targetIds must be roots or organizational units where guardHook is 'organization', got '111122223333'"],
    [{ ...EVERYWHERE, guardHookProps: { rulesKey: 'a.guard' } }, "guardHookProps must not have rulesKey where guardHook is 'organization': it is for one account"],
    [{ guardHookProps: { mode: GuardHookMode.FAIL } }, "guardHookProps must not have a mode, which follows from the stage, got 'FAIL'"],
    [{ targetIds: undefined as unknown as string[] }, 'targetIds must name at least one root'],
    [{ defaultsBy: 'magic' as DefaultsBy }, "defaultsBy must be one of 'declarative policy', 'stack set', got 'magic'"],
    [{ ...EVERYWHERE, guardHookRegions: [] }, 'guardHookRegions must name one Region at least, got none'],
  ])('reject %j', (props, message) => {
    expect(() => guardrails(props)).toThrow(message);
  });

  const SWITCHES = ['denyTakingExemptPrincipals', 'httpTokensEnforced', 'allowUnsetTokens', 'denyImdsv1Credentials', 'denyUndoingHooks', 'delegatedAdmin'];

  test.each(SWITCHES.flatMap(name => [[null, 'null'], ['', "''"], ['false', "'false'"], [0, '0']].map(([value, got]) => [name, value, got] as const)))(
    'reject %s if a JavaScript app sets it to %p', (name, value, got) => {
      expect(() => guardrails({ stage: OBSERVE, [name]: value })).toThrow(`${name} must be true or false, got ${got}`);
    });

  test.each<[string, unknown, string]>([
    ['targetIds', null, 'targetIds must be a list of ids, got null'],
    ['targetIds', 'r-ab12', "targetIds must be a list of ids, got 'r-ab12'"],
    ['targetIds', 5, 'targetIds must be a list of ids, got 5'],
    ['exceptionMessage', null, 'exceptionMessage must be a string that is not blank, got null'],
    ['exceptionMessage', 5, 'exceptionMessage must be a string that is not blank, got 5'],
    ['guardHookProps', null, 'guardHookProps must be an object with properties, got null'],
    ['guardHookProps', 'all', "guardHookProps must be an object with properties, got 'all'"],
    ['guardHookRegions', null, "guardHookRegions needs the guardHook 'organization', got 'account'"],
    ['driftDetection', null, 'driftDetection must be an ImdsDriftDetection, such as ImdsDriftDetection.report(), got null'],
    ['driftDetection', 'repair', "driftDetection must be an ImdsDriftDetection, such as ImdsDriftDetection.report(), got 'repair'"],
    ['exemptPrincipalArns', [Aws.ACCOUNT_ID], 'exemptPrincipalArns must be ARNs of roles, users or root users, got Aws.ACCOUNT_ID (exemptAccounts takes accounts)'],
    ['administratorArns', [Aws.ACCOUNT_ID], 'administratorArns must be ARNs of roles, users or root users, got Aws.ACCOUNT_ID'],
  ])('reject a value of %s that JavaScript can pass: %p', (name, value, message) => {
    expect(() => guardrails({ stage: OBSERVE, [name]: value })).toThrow(message);
  });

  test.each([[null, 'null'], ['all', "'all'"], [[], '[]']])('reject Regions and properties of hooks that JavaScript can pass: %p', (value, got) => {
    const regions = Array.isArray(value) ? 'guardHookRegions must name one Region at least, got none' : `guardHookRegions must be a list of Regions, got ${got}`;
    expect(() => guardrails({ ...EVERYWHERE, guardHookRegions: value as string[] })).toThrow(regions);
    expect(() => new ImdsGuardrails(new Stack(), 'Imds', value as never)).toThrow(`props must be an object with properties, got ${got}`);
  });
});
