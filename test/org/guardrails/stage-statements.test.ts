import { ImdsStatements } from '../../../src/iam/imds-statements';
import { ImdsAccountDefaults } from '../../../src/org/account-defaults/imds-account-defaults';
import { GuardHookScope } from '../../../src/org/guardrails/guard-hook-scope';
import { GuardrailStage } from '../../../src/org/guardrails/guardrail-stage';
import type { ImdsGuardrailsProps } from '../../../src/org/guardrails/imds-guardrails-props';
import { statementsOf } from '../../../src/org/guardrails/stage-statements';

const [FACTORY, DEPLOYMENT, LEGACY] = ['ImageFactory', 'Deployment', 'Legacy'].map(name => `arn:*:iam::*:role/platform/${name}`);
const STACK_SETS = [{ stackSetName: 'defaults', stackNamePattern: 'StackSet-defaults-*' }, { stackSetName: 'hooks', stackNamePattern: 'StackSet-hooks-*' }];

/** Every property that affects a statement. */
const PROPS: ImdsGuardrailsProps = {
  stage: GuardrailStage.ENFORCE,
  targetIds: ['r-ab12'],
  exemptPrincipalArns: [FACTORY],
  exemptAccounts: ['111122223333'],
  exemptRegions: ['eu-west-1'],
  administratorArns: [DEPLOYMENT],
  imdsv1PrincipalArns: [LEGACY],
  denyImdsv1Credentials: true,
  allowUnsetTokens: true,
  denyUndoingHooks: true,
  maxHopLimit: 3,
};

const EVERYWHERE = { exemptAccounts: ['111122223333'], exemptRegions: ['eu-west-1'] };
const EXEMPT = { ...EVERYWHERE, exemptPrincipalArns: [FACTORY] };
const ADMINISTRATORS = { ...EVERYWHERE, exemptPrincipalArns: [DEPLOYMENT] };
const { ROLE_ARN_PATTERN, FUNCTION_ARN_PATTERN } = ImdsAccountDefaults;

const GUARDED = {
  hooks: true,
  stackNames: ['StackSet-defaults-*', 'StackSet-hooks-*'],
  stackSetNames: ['defaults', 'hooks'],
  roleArns: [ROLE_ARN_PATTERN],
  functionArns: [FUNCTION_ARN_PATTERN],
  ruleArns: ['arn:*:events:*:*:rule/cdk-imdsv2-*'],
};

const WARN = () => [
  ...ImdsStatements.denyWeakeningInstances({ ...EXEMPT, maxHopLimit: 3 }),
  ...ImdsStatements.denyChangingAccountDefaults({ ...EVERYWHERE, exemptPrincipalArns: [ROLE_ARN_PATTERN, DEPLOYMENT] }),
  ...ImdsStatements.denyUndoingGuardrails({ ...ADMINISTRATORS, ...GUARDED }),
  ...ImdsStatements.denyTakingExemptPrincipals([FACTORY, DEPLOYMENT], { ...ADMINISTRATORS, existingRoleArns: [LEGACY] }),
];
const ENFORCE = () => [
  ...WARN(),
  ...ImdsStatements.denyLaunchWithoutTokens({ ...EXEMPT, allowUnset: true, allowDisabledEndpoint: true }),
  ...ImdsStatements.denyLaunchWithHopLimitAbove(3, EXEMPT),
  ...ImdsStatements.denyLaunchConfigurationsWithoutTokens({ ...EXEMPT, maxHopLimit: 3, allowDisabledEndpoint: true }),
  ...ImdsStatements.denyImageBuilderWithoutTokens(EXEMPT),
  ...ImdsStatements.denyNotebooksWithoutTokens(EXEMPT),
  ...ImdsStatements.denyImdsv1Credentials({ ...EVERYWHERE, exemptPrincipalArns: [LEGACY, FACTORY] }),
];

const jsonOf = (statements: readonly { toStatementJson(): object }[]) => statements.map(statement => statement.toStatementJson());
const made = (changed: Partial<ImdsGuardrailsProps> = {}) => jsonOf(statementsOf({ ...PROPS, ...changed }, STACK_SETS)) as { readonly Sid: string }[];
const sids = (changed: Partial<ImdsGuardrailsProps>) => made(changed).map(({ Sid }) => Sid);

test.each([[GuardrailStage.OBSERVE, () => []], [GuardrailStage.WARN, WARN], [GuardrailStage.ENFORCE, ENFORCE]])('the stage %s denies according to the properties', (stage, expected) => {
  expect(made({ stage })).toEqual(jsonOf(expected()));
});

test('the defaults are 2 hops, no exemption, and no protection of missing hooks', () => {
  const [stage, targetIds] = [GuardrailStage.ENFORCE, ['r-ab12']];
  expect(jsonOf(statementsOf({ stage, targetIds }, []))).toEqual(jsonOf([
    ...ImdsStatements.denyWeakeningInstances({ maxHopLimit: 2 }),
    ...ImdsStatements.denyChangingAccountDefaults({ exemptPrincipalArns: [ROLE_ARN_PATTERN] }),
    ...ImdsStatements.denyUndoingGuardrails({ ...GUARDED, hooks: false, stackNames: [], stackSetNames: [] }),
    ...ImdsStatements.denyLaunchWithoutTokens({ allowDisabledEndpoint: true }),
    ...ImdsStatements.denyLaunchWithHopLimitAbove(2),
    ...ImdsStatements.denyLaunchConfigurationsWithoutTokens({ maxHopLimit: 2, allowDisabledEndpoint: true }),
    ...ImdsStatements.denyImageBuilderWithoutTokens(),
    ...ImdsStatements.denyNotebooksWithoutTokens(),
  ]));
});

test('hooks are protected if they are in the accounts, or on request', () => {
  const isGuarded = (changed: Partial<ImdsGuardrailsProps>) => sids({ denyUndoingHooks: undefined, ...changed }).includes('DenyUndoingHooks');
  expect(isGuarded({ guardHook: GuardHookScope.ORGANIZATION })).toBe(true);
  expect(isGuarded({ guardHook: GuardHookScope.ACCOUNT })).toBe(false);
  expect(isGuarded({ guardHook: GuardHookScope.ORGANIZATION, denyUndoingHooks: false })).toBe(false);
});

test.each([
  [{ denyTakingExemptPrincipals: false }, []],
  [{ exemptPrincipalArns: undefined, imdsv1PrincipalArns: undefined }, ['DenyTakingExemptRoles']],
  [{ administratorArns: undefined, imdsv1PrincipalArns: undefined }, ['DenyTakingExemptRoles']],
  [{ exemptPrincipalArns: undefined, administratorArns: undefined }, ['DenyTakingExemptRoles', 'DenyMakingExemptRoles']],
  [{ exemptPrincipalArns: undefined, administratorArns: undefined, imdsv1PrincipalArns: undefined }, []],
])('with %j, exempt principals are protected by %j', (changed, expected) => {
  expect(sids(changed).filter(sid => sid.includes('Exempt'))).toEqual(expected);
});
