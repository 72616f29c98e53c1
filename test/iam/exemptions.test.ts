import { Aws, Fn, Lazy, Token } from 'aws-cdk-lib';
import type { ImdsStatementProps } from '../../src/iam/exemption-conditions';
import { ImdsStatements } from '../../src/iam/imds-statements';

/** The conditions of a statement with its own condition, and with exemptions. */
function conditionsWith(props: ImdsStatementProps) {
  return ImdsStatements.denyLaunchWithoutTokens(props)[0].toStatementJson().Condition;
}

const TOKENS = { 'ec2:MetadataHttpTokens': 'required' };

describe('Exemptions', () => {
  test('are added to the condition of the statement', () => {
    expect(conditionsWith({
      exemptPrincipalArns: ['arn:*:iam::*:role/platform/*'],
      exemptAccounts: ['111122223333'],
      exemptRegions: ['eu-west-1', 'us-gov-west-1', 'eusc-de-east-1'],
    })).toEqual({
      StringNotEquals: {
        ...TOKENS,
        'aws:PrincipalAccount': ['111122223333'],
        'aws:RequestedRegion': ['eu-west-1', 'us-gov-west-1', 'eusc-de-east-1'],
      },
      ArnNotLike: { 'aws:PrincipalArn': ['arn:*:iam::*:role/platform/*'] },
    });
  });

  test('add no condition if the lists are empty', () => {
    expect(conditionsWith({ exemptPrincipalArns: [], exemptAccounts: [], exemptRegions: [] })).toEqual({ StringNotEquals: TOKENS });
  });

  test.each([
    'arn:aws:iam::111122223333:role/Deployment',
    'arn:aws-cn:iam::111122223333:role/path/to/Deployment',
    'arn:*:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*',
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::111122223333:user/ci',
    'arn:aws:iam::111122223333:root',
    'arn:aws:sts::111122223333:federated-user/ci',
    'arn:aws:sts::111122223333:federated-user/*',
    'arn:aws:iam::1111*:role/Deployment',
    'arn:aws:iam::11112222????:role/Deployment',
    `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/Deployment`,
    Lazy.string({ produce: () => 'arn:aws:iam::111122223333:role/Later' }),
  ])('accept the principal %s', arn => {
    expect(conditionsWith({ exemptPrincipalArns: [arn] })).toHaveProperty(['ArnNotLike', 'aws:PrincipalArn']);
  });

  test.each([
    ['arn:aws:sts::111122223333:assumed-role/Deployment/ci', "must name the role, not a session of it: 'arn:aws:iam::111122223333:role/Deployment'"],
    ['arn:aws-us-gov:sts::111122223333:assumed-role/Deployment', "'arn:aws-us-gov:iam::111122223333:role/Deployment'"],
    ['arn:*:sts::*:assumed-role/Deploy*/*', "'arn:*:iam::*:role/Deploy*'"],
    ['111122223333', 'must be ARNs of roles, users or root users'],
    ['Deployment', "got 'Deployment'"],
    ['*', "got '*'"],
    ['arn:aws:iam::111122223333:policy/Deployment', 'must be ARNs of roles'],
    ['arn:aws:iam::111122223333:role/', 'must be ARNs of roles'],
    ['arn:aws:iam:eu-west-1:111122223333:role/Deployment', 'must be ARNs of roles'],
    ['arn:aws:ec2:eu-west-1:111122223333:instance/i-1', 'must be ARNs of roles'],
    ['arn:*:iam::*:role/*', 'must not exempt everybody'],
    ['arn:aws:iam::*:user/*', 'must not exempt everybody'],
    ['arn:*:iam::*:role/?*', 'must not exempt everybody'],
    ['arn:*:iam::*:role/*?', 'must not exempt everybody'],
    ['arn:*:iam::*:role/*/*', 'must not exempt everybody'],
    ['arn:*:iam::????????????:role/*', 'must not exempt everybody'],
    ['arn:aws:iam::1?*:role/*', 'must not exempt everybody'],
    ['arn:aws:sts::*:federated-user/*', 'must not exempt everybody'],
    ['arn:aws:iam::12345:role/Deployment', "account id of 12 digits, got 'arn:aws:iam::12345:role/Deployment'"],
    ['arn:aws:iam::1111222233334:role/Deployment', 'account id of 12 digits'],
    ['arn:aws:iam::1?:role/Deployment', 'account id of 12 digits'],
    ['arn:aws:iam::1111222233334*:role/Deployment', 'account id of 12 digits'],
    ['arn:aws:iam::111122223333:role/${aws:username}', 'must be ARNs without policy variables'],
    [undefined as unknown as string, 'must be ARNs, got'],
  ])('reject the principal %s', (arn, message) => {
    expect(() => conditionsWith({ exemptPrincipalArns: [arn] })).toThrow(message);
  });

  test.each(['1111', '1111-2222-3333', 'arn:aws:iam::111122223333:root', ''])('reject the account %s', account => {
    expect(() => conditionsWith({ exemptAccounts: [account] })).toThrow(`exemptAccounts must be account ids of 12 digits, got '${account}'`);
  });

  const list = Fn.split(',', Fn.importValue('List'));

  test.each<[string, ImdsStatementProps]>([
    ['exemptPrincipalArns', { exemptPrincipalArns: list }],
    ['exemptPrincipalArns', { exemptPrincipalArns: ['arn:*:iam::*:role/platform/*', ...list] }],
    ['exemptAccounts', { exemptAccounts: list }],
    ['exemptAccounts', { exemptAccounts: ['111122223333', ...list] }],
    ['exemptRegions', { exemptRegions: list }],
  ])('reject %s with an unresolved list', (name, props) => {
    expect(() => conditionsWith(props)).toThrow(`${name} must be known at synthesis as a list, got an unresolved list`);
  });

  test('accept elements of such a list', () => {
    expect(conditionsWith({ exemptAccounts: [Fn.select(0, list)], exemptRegions: [Fn.select(1, list)] })).toMatchObject({
      StringNotEquals: { 'aws:PrincipalAccount': [expect.anything()], 'aws:RequestedRegion': [expect.anything()] },
    });
  });

  test('name the other property with an unresolved list, too', () => {
    expect(() => ImdsStatements.denyChangingInstancesExceptBy(list)).toThrow('principalArns must be known at synthesis as a list');
  });

  test.each(['exemptPrincipalArns', 'exemptAccounts', 'exemptRegions'])('reject %s that is no list', name => {
    expect(() => conditionsWith({ [name]: '111122223333' })).toThrow(`${name} must be a list, got '111122223333'`);
    expect(() => conditionsWith({ [name]: null })).toThrow(`${name} must be a list, got null`);
  });

  test.each(['eu-*', 'Ireland', 'eu-west-1a', ''])('reject the Region %s', region => {
    expect(() => conditionsWith({ exemptRegions: [region] })).toThrow(`exemptRegions must be Regions such as 'eu-west-1', without wildcards, got '${region}'`);
  });
});

describe('Statements', () => {
  const SWITCHES: readonly (readonly [string, (props: object) => unknown])[] = [
    ['allowDisabledEndpoint', ImdsStatements.denyLaunchWithoutTokens],
    ['allowUnset', ImdsStatements.denyLaunchWithoutTokens],
    ['denyUnset', props => ImdsStatements.denyLaunchWithHopLimitAbove(2, props)],
    ['hooks', ImdsStatements.denyUndoingGuardrails],
    ['organizationPolicies', ImdsStatements.denyUndoingGuardrails],
    ['allowDisabledEndpoint', ImdsStatements.denyLaunchConfigurationsWithoutTokens],
    ['denyLaunchConfigurations', ImdsStatements.denyGroupsWithoutTemplateVersion],
  ];

  test.each(SWITCHES)('reject a value of %s that is neither true nor false', (name, make) => {
    for (const [value, got] of [[null, 'null'], ['', "''"], ['false', "'false'"]]) {
      expect(() => make({ [name as string]: value })).toThrow(`${name} must be true or false, got ${got}`);
    }
    expect(() => make({ [name as string]: Token.asAny({ Ref: 'X' }) })).toThrow(`${name} must be known at synthesis, got an unresolved value`);
    expect(() => make({ [name]: undefined })).not.toThrow();
  });

  test.each(Object.getOwnPropertyNames(ImdsStatements).filter(name => name.startsWith('deny')))('refuse properties of %s that are none', factory => {
    const first: Record<string, unknown> = {
      denyLaunchWithHopLimitAbove: 2, denyChangingInstancesExceptBy: ['arn:*:iam::*:role/a'], denyTakingExemptPrincipals: ['arn:*:iam::*:role/a'],
    };
    const make = (ImdsStatements as unknown as Record<string, (...given: unknown[]) => unknown>)[factory];
    expect(() => make(...factory in first ? [first[factory]] : [], null)).toThrow('props must be an object with properties, got null');
  });

  test('reject an invalid list for a permissions boundary', () => {
    expect(() => ImdsStatements.forPermissionsBoundary(null as never)).toThrow('statements must be a list of PolicyStatement, got null');
  });

  test.each([0, 65, 1.5, NaN])('reject the hop limit %d', max => {
    expect(() => ImdsStatements.denyLaunchWithHopLimitAbove(max)).toThrow(`max must be a whole number from 1 to 64, got ${max}`);
    expect(() => ImdsStatements.denyWeakeningInstances({ maxHopLimit: max })).toThrow('maxHopLimit must be a whole number from 1 to 64');
    expect(() => ImdsStatements.denyWeakeningAccountDefaults({ maxHopLimit: max })).toThrow('maxHopLimit must be a whole number from 1 to 64');
    expect(() => ImdsStatements.denyLaunchConfigurationsWithoutTokens({ maxHopLimit: max })).toThrow('maxHopLimit must be a whole number from 1 to 64');
  });

  test('reject an unresolved hop limit', () => {
    expect(() => ImdsStatements.denyLaunchWithHopLimitAbove(Token.asNumber({ Ref: 'Hops' }))).toThrow('max must be known at synthesis, got an unresolved value');
  });

  test('reject an empty list of principals that can change instances', () => {
    expect(() => ImdsStatements.denyChangingInstancesExceptBy([])).toThrow('principalArns must name at least one principal');
  });

  test.each(['*', 'Deployment', 'arn:*:lambda:*:*:function:*', 'arn:aws:iam::111122223333:role/Deployment'])('reject the function %s', arn => {
    expect(() => ImdsStatements.denyUndoingGuardrails({ functionArns: [arn] })).toThrow('functionArns must be ARNs of Lambda functions');
  });

  test('reject a version of a function alone', () => {
    expect(() => ImdsStatements.denyUndoingGuardrails({ functionArns: ['arn:aws:lambda:eu-west-1:111122223333:function:platform:live'] }))
      .toThrow("functionArns must be ARNs of Lambda functions without a version or an alias, such as 'arn:*:lambda:*:*:function:platform-*', got");
  });

  test.each(['*', 'nightly', 'arn:*:events:*:*:rule/*', 'arn:*:events:*:*:event-bus/imds'])('reject the rule %s', arn => {
    expect(() => ImdsStatements.denyUndoingGuardrails({ ruleArns: [arn] })).toThrow('ruleArns must be ARNs of EventBridge rules');
  });

  test.each(['*', 'a/b', ''])('reject the name %s of a stack set', name => {
    expect(() => ImdsStatements.denyUndoingGuardrails({ stackSetNames: [name] })).toThrow(`stackSetNames must be names of stack sets, such as 'imds-*', got '${name}'`);
  });

  test.each<[string[], object, string]>([
    [[], {}, 'principalArns must name at least one principal, got none'],
    [['ImageFactory'], {}, "principalArns must be ARNs of roles, users or root users, such as 'arn:aws:iam::111122223333:role/Name', got 'ImageFactory'"],
    [['arn:*:iam::*:role/*'], {}, 'principalArns must not exempt everybody'],
    [[], { existingRoleArns: ['legacy'] }, "existingRoleArns must be ARNs of roles, users or root users, such as 'arn:aws:iam::111122223333:role/Name', got 'legacy'"],
    [['arn:*:iam::*:role/platform/*'], { exemptPrincipalArns: ['Deployment'] }, 'exemptPrincipalArns must be ARNs of roles'],
    ['arn:*:iam::*:role/platform/*' as unknown as string[], {}, 'principalArns must be a list'],
  ])('reject the principals %j with %j', (principals, props, message) => {
    expect(() => ImdsStatements.denyTakingExemptPrincipals(principals, props)).toThrow(message);
  });

  test('protects everything that an unresolved value can name', () => {
    const later = Lazy.any({ produce: () => 'arn:aws:iam::111122223333:role/Later' }) as unknown as string;
    const made = ImdsStatements.denyTakingExemptPrincipals([later]).map(({ sid }) => sid);
    expect(made).toEqual(['DenyTakingExemptRoles', 'DenyTakingExemptUsers', 'DenyTakingExemptFederatedUsers']);
  });

  test.each([
    ['denyTakingExemptPrincipals', ImdsStatements.denyTakingExemptPrincipals],
    ['denyChangingInstancesExceptBy', ImdsStatements.denyChangingInstancesExceptBy],
  ])('%s needs to know the number of principals', (_, deny) => {
    const later = Lazy.any({ produce: () => [] }) as unknown as string[];
    expect(() => deny(later)).toThrow('principalArns must be known at synthesis, got an unresolved value');
  });

  test('protect an unresolved principal as any kind of principal', () => {
    const made = ImdsStatements.denyTakingExemptPrincipals([Fn.importValue('Factory')]).map(({ sid }) => sid);
    expect(made).toEqual(['DenyTakingExemptRoles', 'DenyTakingExemptUsers', 'DenyTakingExemptFederatedUsers']);
  });

  test('do not protect a root user with an unresolved account, because nobody creates one', () => {
    const guards = (arn: string) => ImdsStatements.denyTakingExemptPrincipals([arn]).map(statement => statement.toStatementJson());
    const alone = ImdsStatements.denyTakingExemptPrincipals(['arn:aws:iam::111122223333:root']).map(statement => statement.toStatementJson());
    expect(guards(`arn:aws:iam::${Aws.ACCOUNT_ID}:root`)).toEqual(alone);
    expect(alone).toMatchObject([{ Sid: 'DenyTakingExemptRoles', Resource: 'arn:*:iam::*:role/stacksets-exec-*' }]);
  });

  test('protect a role with an unresolved account as a role', () => {
    const made = ImdsStatements.denyTakingExemptPrincipals([`arn:aws:iam::${Aws.ACCOUNT_ID}:role/platform/ImageFactory`]).map(({ sid }) => sid);
    expect(made).toEqual(['DenyTakingExemptRoles']);
  });

  test.each(['*', '?*', 'a/b', ''])('reject the stack name %s', name => {
    expect(() => ImdsStatements.denyUndoingGuardrails({ stackNames: [name] })).toThrow(`stackNames must be names of stacks, such as 'StackSet-imds-*', got '${name}'`);
  });

  test.each(['*', 'Deployment', 'arn:aws:iam::111122223333:user/ci', 'arn:*:iam::*:role/*'])('reject the role %s', arn => {
    expect(() => ImdsStatements.denyUndoingGuardrails({ roleArns: [arn] })).toThrow('roleArns must be ARNs of roles');
  });
});

test('A permissions boundary allows everything except what is denied', () => {
  const made = ImdsStatements.forPermissionsBoundary(ImdsStatements.denyLaunchWithoutTokens());
  const [allowed, denied] = made.map(statement => statement.toStatementJson());
  expect(allowed).toEqual({ Sid: 'AllowEverythingElse', Effect: 'Allow', Action: '*', Resource: '*' });
  expect(denied).toHaveProperty('Sid', 'DenyLaunchWithoutTokens');
});
