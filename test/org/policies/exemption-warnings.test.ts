import { App, Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ImdsExemptPrincipalStatementProps, ImdsStatementProps } from '../../../src';
import { ImdsServiceControlPolicy, ImdsStatements } from '../../../src';

const HOME = '111122223333';
const FACTORY = 'arn:*:iam::*:role/platform/ImageFactory';

function stackOf(): Stack {
  return new Stack(new App({ builtinCloudFormationValidation: false } as object), 'Guardrails', { env: { account: HOME, region: 'us-east-1' } });
}

/** The ids and messages of the warnings. */
function warned(statements: PolicyStatement[], stack = stackOf()): { readonly ids: string[]; readonly text: string } {
  new ImdsServiceControlPolicy(stack, 'Policy', { targetIds: ['r-ab12'], statements });
  const text = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('Imdsv2::')).map(({ entry }) => String(entry.data));
  return { ids: text.map(one => /\[ack: Imdsv2::(\w+)\]/.exec(one)![1]).sort(), text: text.join('\n') };
}

/** A statement about launches with an exemption that an administrator protects, so that only the exemption itself is doubtful. */
function exempting(props: ImdsStatementProps): PolicyStatement[] {
  const guard: ImdsExemptPrincipalStatementProps = { exemptPrincipalArns: ['arn:*:iam::*:role/deploy/Administrator'] };
  const principals = props.exemptPrincipalArns ?? [];
  const guards = principals.length > 0 ? ImdsStatements.denyTakingExemptPrincipals(principals, guard) : [];
  return [...ImdsStatements.denyLaunchWithoutTokens(props), ...guards];
}

const account = (stack: Stack) => new CfnParameter(stack, 'Account').valueAsString;

describe('A pattern is too wide', () => {
  test.each(['role/*e*', 'role/*ImageFactory', 'role/?mageFactory', 'role/ab*', 'user/*ops', 'role/*/ImageFactory'])('in many accounts: %s', name => {
    expect(warned(exempting({ exemptPrincipalArns: [`arn:*:iam::1111*:${name}`] })).ids).toContain('ExemptionTooWide');
    expect(warned(exempting({ exemptPrincipalArns: [`arn:*:iam::444455556666:${name}`] })).ids).not.toContain('ExemptionTooWide');
  });

  test.each(['role/abc*', 'role/platform/*', 'role/ab', 'role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*'])('but not %s', name => {
    expect(warned(exempting({ exemptPrincipalArns: [`arn:*:iam::*:${name}`] })).ids).toEqual([]);
  });

  test('with an explanation', () => {
    expect(warned(exempting({ exemptPrincipalArns: ['arn:*:iam::*:role/*e*'] })).text).toContain("'arn:*:iam::*:role/*e*' matches too many principals in many accounts");
  });
});

describe('A token causes a warning', () => {
  test('if it is only known at deployment', () => {
    const stack = stackOf();
    expect(warned(exempting({ exemptAccounts: [account(stack)] }), stack)).toEqual({ ids: ['ExemptionNotKnown'], text: expect.stringContaining('1 of the exempt') });
  });

  test.each<[string, (stack: Stack) => string]>([
    ['a parameter', account],
    ['an import', () => Fn.importValue('Account')],
    ['a dynamic reference', () => '{{resolve:ssm:/account}}'],
  ])('also as a part of an ARN: %s', (_, part) => {
    const stack = stackOf();
    const { ids } = warned([new PolicyStatement({
      effect: Effect.DENY,
      actions: ['ec2:RunInstances'],
      resources: ['*'],
      conditions: { ArnNotLike: { 'aws:PrincipalArn': [`arn:aws:iam::${part(stack)}:role/platform/ImageFactory`] } },
    })], stack);
    expect(ids).toEqual(['ExemptionNotKnown']);
  });

  test('but not for the partition and the Region', () => {
    expect(warned(exempting({ exemptPrincipalArns: [`arn:${Aws.PARTITION}:iam::444455556666:role/platform/ImageFactory-${Aws.REGION}`] })).ids).toEqual([]);
  });
});

describe('The account of the stack causes a warning', () => {
  test.each<[string, string, ImdsStatementProps]>([
    ['by its token', 'Aws.ACCOUNT_ID', { exemptAccounts: [Aws.ACCOUNT_ID] }],
    ['by its number', `'${HOME}'`, { exemptAccounts: [HOME] }],
    ['in an ARN', 'Aws.ACCOUNT_ID', { exemptPrincipalArns: [`arn:aws:iam::${Aws.ACCOUNT_ID}:role/platform/ImageFactory`] }],
    ['by its number in an ARN', `'${HOME}'`, { exemptPrincipalArns: [`arn:aws:iam::${HOME}:role/platform/ImageFactory`] }],
    ['as its root user', `'${HOME}'`, { exemptPrincipalArns: [`arn:aws:iam::${HOME}:root`] }],
  ])('%s', (_, name, props) => {
    const { ids, text } = warned(exempting(props));
    expect(ids).toEqual(['ExemptionOfOwnAccount']);
    expect(text).toContain(`${name} is the account of this stack. No service control policy reaches a management account: write the id of the account that you mean `
      + "(in a delegated administrator's stack, acknowledge this)");
    expect(text).not.toContain('${');
  });

  test('but no other account', () => {
    expect(warned(exempting({ exemptAccounts: ['444455556666'], exemptPrincipalArns: ['arn:aws:iam::444455556666:root'] })).ids).toEqual([]);
  });
});

describe('The default bootstrap causes a warning', () => {
  const administrators = (arn: string) => warned(ImdsStatements.denyUndoingGuardrails({ exemptPrincipalArns: [arn] }));

  test.each([
    'arn:*:iam::*:role/cdk-hnb659fds-deploy-role-*',
    'arn:*:iam::*:role/cdk-hnb659fds-cfn-exec-role-*',
    'arn:*:iam::*:role/cdk-hnb659fds-lookup-role-*',
    'arn:*:iam::*:role/cdk-hnb659fds-*',
    'arn:*:iam::*:role/cdk-*-deploy-role-*',
    'arn:*:iam::*:role/cdk-*',
    'arn:*:iam::*:role/cdk-*-444455556666-*',
    'arn:aws:iam::444455556666:role/cdk-hnb659fds-deploy-role-444455556666-us-gov-west-1',
    `arn:aws:iam::${Aws.ACCOUNT_ID}:role/cdk-hnb659fds-file-publishing-role-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
  ])('if %s is exempt', arn => {
    const { ids, text } = administrators(arn);
    expect(ids).toContain('ExemptionOfUsualBootstrap');
    expect(text).toContain('names roles of the default bootstrap stack, which everybody in an account may be able to use: exempt the roles of a bootstrap stack with its own qualifier');
  });

  test.each([
    'arn:*:iam::*:role/cdk-platform-deploy-role-*',
    'arn:*:iam::*:role/platform/*',
    'arn:*:iam::*:user/cdk-*',
    'arn:aws:iam::444455556666:role/*',
    'arn:aws:iam::444455556666:root',
  ])('but not if %s is exempt', arn => {
    expect(administrators(arn).ids).not.toContain('ExemptionOfUsualBootstrap');
  });

  test('for several roles at once', () => {
    const exemptPrincipalArns = ['deploy', 'cfn-exec'].map(kind => `arn:*:iam::*:role/cdk-hnb659fds-${kind}-role-*`);
    expect(warned(ImdsStatements.denyUndoingGuardrails({ exemptPrincipalArns })).text).toContain("-cfn-exec-role-*' name roles of the default bootstrap stack");
  });
});

describe('An exemption is protected', () => {
  const launch = ImdsStatements.denyLaunchWithoutTokens;
  const administrators = { exemptPrincipalArns: ['arn:*:iam::*:role/deploy/Administrator'] };

  test.each<[string, () => PolicyStatement[]]>([
    ['by a statement of the same pattern', () => [
      ...launch({ exemptPrincipalArns: [FACTORY] }), ...ImdsStatements.denyTakingExemptPrincipals([FACTORY], administrators),
    ]],
    ['by one of a wider pattern', () => [
      ...launch({ exemptPrincipalArns: [FACTORY] }), ...ImdsStatements.denyTakingExemptPrincipals(['arn:*:iam::*:role/platform/*'], administrators),
    ]],
    ['as a user', () => [
      ...launch({ exemptPrincipalArns: ['arn:*:iam::*:user/ops'] }), ...ImdsStatements.denyTakingExemptPrincipals(['arn:*:iam::*:user/ops'], administrators),
    ]],
    ['by AWS, which alone makes such a role', () => launch({ exemptPrincipalArns: ['arn:*:iam::*:role/aws-reserved/sso.amazonaws.com/*'] })],
    ['as a root user, which no request creates', () => launch({ exemptPrincipalArns: ['arn:aws:iam::444455556666:root'] })],
    ['where everybody in the account is exempt', () => launch({ exemptPrincipalArns: ['arn:aws:iam::444455556666:role/*'] })],
    ['as a guardrail role', () => [
      ...ImdsStatements.denyChangingAccountDefaults({ exemptPrincipalArns: ['arn:*:iam::*:role/imds/*'] }),
      ...ImdsStatements.denyUndoingGuardrails({ roleArns: ['arn:*:iam::*:role/imds/*'] }),
    ]],
    ['where it may go on with IMDSv1, against being made alone', () => [
      ...ImdsStatements.denyImdsv1Credentials({ exemptPrincipalArns: [FACTORY] }),
      ...ImdsStatements.denyTakingExemptPrincipals([], { ...administrators, existingRoleArns: [FACTORY] }),
    ]],
  ])('%s', (_, statements) => {
    expect(warned(statements()).ids).toEqual([]);
  });

  const guarding = (...actions: string[]) => new PolicyStatement({ effect: Effect.DENY, actions, resources: [FACTORY] });

  test.each<[string[], boolean]>([
    [['iam:CreateRole'], false],
    [['iam:CreateRole', 'iam:PassRole'], false],
    [['iam:CreateRole', 'iam:UpdateAssumeRolePolicy'], false],
    [['iam:PassRole', 'iam:UpdateAssumeRolePolicy'], false],
    [['iam:CreateRole', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy'], true],
    [['iam:*'], true],
  ])('as a role, by a denial of %j: %p', (actions, isGuarded) => {
    expect(warned([...launch({ exemptPrincipalArns: [FACTORY] }), guarding(...actions)]).ids).toEqual(isGuarded ? [] : ['ExemptionNotGuarded']);
  });

  test('as a user, also against other principals that create access keys for it', () => {
    const ops = 'arn:*:iam::*:user/ops';
    const denying = (...actions: string[]) => new PolicyStatement({ effect: Effect.DENY, actions, resources: [ops] });
    expect(warned([...launch({ exemptPrincipalArns: [ops] }), denying('iam:CreateUser')]).ids).toEqual(['ExemptionNotGuarded']);
    expect(warned([...launch({ exemptPrincipalArns: [ops] }), denying('iam:CreateUser', 'iam:CreateAccessKey')]).ids).toEqual([]);
  });

  const OPERATORS = ['ArnNotLike', 'ArnNotEquals', 'StringNotLike', 'StringNotEquals', 'StringNotEqualsIgnoreCase', 'ArnNotLikeIfExists', 'ForAnyValue:StringNotLike'];

  test.each(OPERATORS.flatMap(operator => ['aws:PrincipalArn', 'aws:PrincipalARN', 'AWS:principalarn'].map(key => [operator, key])))('or not: %s %s', (operator, key) => {
    const own = new PolicyStatement({ effect: Effect.DENY, actions: ['ec2:RunInstances'], resources: ['*'], conditions: { [operator]: { [key]: FACTORY } } });
    expect(warned([own]).ids).toEqual(['ExemptionNotGuarded']);
    expect(warned([own, ...ImdsStatements.denyTakingExemptPrincipals([FACTORY], administrators)]).ids).toEqual([]);
  });

  test.each(['ArnLike', 'StringEquals'])('or needs no protection: %s', operator => {
    const own = new PolicyStatement({ effect: Effect.DENY, actions: ['ec2:RunInstances'], resources: ['*'], conditions: { [operator]: { 'aws:PrincipalArn': FACTORY } } });
    expect(warned([own]).ids).toEqual([]);
  });

  test.each<[string, () => PolicyStatement[]]>([
    ['where it may launch, and is guarded against being made alone', () => [
      ...launch({ exemptPrincipalArns: [FACTORY] }),
      ...ImdsStatements.denyTakingExemptPrincipals([], { ...administrators, existingRoleArns: [FACTORY] }),
    ]],
    ['where it may do more than go on with IMDSv1', () => [
      ...launch({ exemptPrincipalArns: [FACTORY] }), ...ImdsStatements.denyImdsv1Credentials({ exemptPrincipalArns: [FACTORY] }),
      ...ImdsStatements.denyTakingExemptPrincipals([], { ...administrators, existingRoleArns: [FACTORY] }),
    ]],
    ['where it may go on with IMDSv1, and can be made', () => ImdsStatements.denyImdsv1Credentials({ exemptPrincipalArns: [FACTORY] })],
    ['where nothing guards it', () => launch({ exemptPrincipalArns: [FACTORY] })],
    ['where another role is guarded', () => [
      ...launch({ exemptPrincipalArns: [FACTORY] }), ...ImdsStatements.denyTakingExemptPrincipals(['arn:*:iam::*:role/platform/Other'], administrators),
    ]],
    ['where a part of the pattern is guarded', () => [
      ...launch({ exemptPrincipalArns: ['arn:*:iam::*:role/platform/*'] }), ...ImdsStatements.denyTakingExemptPrincipals([FACTORY], administrators),
    ]],
    ['where a role of that name is guarded and a user is exempt', () => [
      ...launch({ exemptPrincipalArns: ['arn:*:iam::*:user/ops'] }), ...ImdsStatements.denyTakingExemptPrincipals(['arn:*:iam::*:role/ops'], administrators),
    ]],
    ['by a denial with more conditions', () => [
      ...launch({ exemptPrincipalArns: [FACTORY] }),
      new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'], conditions: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]],
    ['by an allowance', () => [...launch({ exemptPrincipalArns: [FACTORY] }), new PolicyStatement({ actions: ['iam:CreateRole'], resources: [FACTORY] })]],
    ['where the repair of instances is for one role', () => ImdsStatements.denyChangingInstancesExceptBy([FACTORY])],
  ])('or not: %s', (_, statements) => {
    expect(warned(statements()).ids).toEqual(['ExemptionNotGuarded']);
  });
});

describe('A protection causes a warning', () => {
  const guard = (principals: string[], props: ImdsExemptPrincipalStatementProps = {}) =>
    warned(ImdsStatements.denyTakingExemptPrincipals(principals, props)).ids.filter(id => id !== 'ExemptionOfUsualBootstrap');
  const EXECUTION = ['arn:*:iam::*:role/cdk-hnb659fds-cfn-exec-role-*'];

  test('if nobody is exempt from it', () => {
    expect(guard([FACTORY])).toEqual(['ExemptionFrozen']);
    expect(guard(['arn:*:iam::*:user/ops'])).toEqual(['ExemptionFrozen']);
    expect(guard([FACTORY], { exemptAccounts: ['444455556666'] })).toEqual([]);
  });

  test('with the first three principals, each of them once', () => {
    const principals = ['A', 'B', 'C', 'D', 'E'].map(name => `arn:*:iam::*:role/platform/${name}`);
    expect(warned(ImdsStatements.denyTakingExemptPrincipals(principals)).text)
      .toContain("pass 'arn:*:iam::*:role/platform/A', 'arn:*:iam::*:role/platform/B', 'arn:*:iam::*:role/platform/C' and 2 more: name the principals that need to");
  });

  test.each([
    [EXECUTION, ['arn:*:iam::*:role/deploy/Administrator'], true],
    [['arn:*:iam::*:role/cdk-*-cfn-exec-role-*'], ['arn:*:iam::*:role/deploy/Administrator'], true],
    [['arn:*:iam::*:role/cdk-*'], ['arn:*:iam::*:role/deploy/Administrator'], true],
    [EXECUTION, ['arn:*:iam::*:role/cdk-hnb659fds-deploy-role-*'], false],
    [['arn:*:iam::*:role/cdk-platform-cfn-exec-role-*'], ['arn:*:iam::*:role/cdk-platform-deploy-role-*'], false],
    [[FACTORY], ['arn:*:iam::*:role/deploy/Administrator'], false],
  ])('if it stops deployments of CDK: %j, exempt %j', (principals, exemptPrincipalArns, isWarned) => {
    expect(guard(principals, { exemptPrincipalArns })).toEqual(isWarned ? ['ExemptionStopsDeployments'] : []);
  });

  test('but not a protection of existing roles alone', () => {
    expect(guard([], { existingRoleArns: EXECUTION })).toEqual([]);
  });
});
