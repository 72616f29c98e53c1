import { Aws, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ImdsManagedPolicyProps } from '../../src/iam/imds-managed-policy';
import { ImdsManagedPolicy } from '../../src/iam/imds-managed-policy';
import { scratchApp, scratchStack } from '../harness/scratch-app';

const POLICY = 'AWS::IAM::ManagedPolicy';
const LIMIT = 6144;

function denial(sid: string, size = 0, space = ''): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid, effect: iam.Effect.DENY, actions: [`s:a${'x'.repeat(size)}`], resources: ['*'], conditions: { StringEquals: { key: space } },
  });
}

function policyIn(stack: Stack, props: Partial<ImdsManagedPolicyProps> = {}): ImdsManagedPolicy {
  return new ImdsManagedPolicy(stack, 'Policy', { statements: [denial('Deny')], ...props });
}

function rendered(stack: Stack): { readonly [name: string]: any }[] {
  return Object.values(Template.fromStack(stack).findResources(POLICY)).map(({ Properties }) => Properties);
}

function propertiesOf(props: Partial<ImdsManagedPolicyProps>): { readonly [name: string]: any }[] {
  const stack = scratchStack();
  policyIn(stack, props);
  return rendered(stack);
}

describe('policies', () => {
  test('one contains all statements that fit into it', () => {
    expect(propertiesOf({ statements: [denial('A', 1), denial('B', 2)], managedPolicyName: 'Imds', description: 'why', path: '/guardrails/' })).toEqual([{
      ManagedPolicyName: 'Imds',
      Description: 'why',
      Path: '/guardrails/',
      PolicyDocument: { Version: '2012-10-17', Statement: [denial('A', 1), denial('B', 2)].map(statement => statement.toStatementJson()) },
    }]);
  });

  test('several contain more statements, and are numbered', () => {
    const policies = propertiesOf({ statements: [denial('A', 4_000), denial('B', 4_000), denial('C', 4_000)], managedPolicyName: 'Imds', description: 'why' });
    expect(policies.map(({ ManagedPolicyName, Description }) => [ManagedPolicyName, Description])).toEqual([['Imds', 'why'], ['Imds-2', 'why'], ['Imds-3', 'why']]);
    expect(policies.map(({ PolicyDocument }) => PolicyDocument.Statement.map(({ Sid }: { Sid: string }) => Sid))).toEqual([['A'], ['B'], ['C']]);
  });

  test('they are attached to the given principals', () => {
    const stack = scratchStack();
    policyIn(stack, {
      statements: [denial('A', 4_000), denial('B', 4_000)],
      roles: [iam.Role.fromRoleName(stack, 'Role', 'role')],
      users: [iam.User.fromUserName(stack, 'User', 'user')],
      groups: [iam.Group.fromGroupName(stack, 'Group', 'group')],
    });
    expect(rendered(stack).map(({ Roles, Users, Groups }) => [Roles, Users, Groups])).toEqual([[['role'], ['user'], ['group']], [['role'], ['user'], ['group']]]);
  });

  test('statements are not merged, whatever the app sets', () => {
    const stack = scratchStack(scratchApp({ '@aws-cdk/aws-iam:minimizePolicies': true }));
    const unnamed = (action: string) => new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: [action], resources: ['*'] });
    const { documents } = policyIn(stack, { statements: [unnamed('s:b'), unnamed('s:a')] });
    const [{ PolicyDocument }] = rendered(stack);
    expect(PolicyDocument.Statement).toHaveLength(2);
    expect(JSON.parse(documents[0])).toEqual(PolicyDocument);
  });

  test('a token stays a token', () => {
    const statement = new iam.PolicyStatement({ actions: ['s:a'], resources: [`arn:${Aws.PARTITION}:x`] });
    expect(propertiesOf({ statements: [statement] })[0].PolicyDocument.Statement[0].Resource)
      .toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':x']] });
  });
});

describe('the size', () => {
  /** The characters of a document with one such statement, without the action's. */
  const around = policyIn(scratchStack()).documents[0].length;

  test('is counted to the last character', () => {
    expect(policyIn(scratchStack(), { statements: [denial('Deny', LIMIT - around)] }).documents[0]).toHaveLength(LIMIT);
    expect(() => policyIn(scratchStack(), { statements: [denial('Deny', LIMIT - around + 1)] }))
      .toThrow('statement \'Deny\' must fit into a managed policy of 6144 characters, got 6145');
  });

  test('does not include white space', () => {
    expect(policyIn(scratchStack(), { statements: [denial('Deny', LIMIT - around, ' \u00a0 ')] }).documents[0]).toHaveLength(LIMIT + 3);
  });
});

describe('a permissions boundary', () => {
  test('allows everything else', () => {
    expect(propertiesOf({ permissionsBoundary: true })[0].PolicyDocument.Statement).toEqual([
      { Sid: 'AllowEverythingElse', Effect: 'Allow', Action: '*', Resource: '*' },
      denial('Deny').toStatementJson(),
    ]);
  });

  test('can be applied to the roles of a stack', () => {
    const stack = scratchStack();
    const { policies: [boundary] } = policyIn(stack, { permissionsBoundary: true });
    new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    iam.PermissionsBoundary.of(stack).apply(boundary);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: stack.resolve(boundary.managedPolicyArn) });
  });

  test('has to be one policy', () => {
    expect(() => policyIn(scratchStack(), { statements: [denial('A', 4_000), denial('B', 4_000)], permissionsBoundary: true }))
      .toThrow(/^a permissions boundary must fit into one policy of 6144 characters, got 2 with 8\d\d\d in all$/);
  });

  test.each(['roles', 'users', 'groups'])('is not attached to %s as an ordinary policy, which would allow them everything', name => {
    const stack = scratchStack();
    const somebody = {
      roles: [iam.Role.fromRoleName(stack, 'Role', 'role')],
      users: [iam.User.fromUserName(stack, 'User', 'user')],
      groups: [iam.Group.fromGroupName(stack, 'Group', 'group')],
    }[name];
    expect(() => policyIn(stack, { permissionsBoundary: true, [name]: somebody }))
      .toThrow(`${name} must not be given with permissionsBoundary, got 1: the boundary allows everything, so do not attach it as a policy`);
    expect(() => policyIn(scratchStack(), { permissionsBoundary: true, [name]: [] })).not.toThrow();
  });

  test('without the flag, denials are not a permissions boundary, because they allow nothing', () => {
    expect(propertiesOf({ permissionsBoundary: false })[0].PolicyDocument.Statement).toEqual([denial('Deny').toStatementJson()]);
  });
});

describe('a rejected property', () => {
  const NAME = 'managedPolicyName must have 1 to 128 letters, digits and \'+=,.@_-\'';
  test.each<[string, Partial<ImdsManagedPolicyProps>, string]>([
    ['no statements', { statements: [] }, 'statements must hold at least one statement, got none'],
    ['principals', { statements: [new iam.PolicyStatement({ sid: 'A', actions: ['s:a'], resources: ['*'], principals: [new iam.AnyPrincipal()] })] },
      'statement \'A\' must not name principals: it is for a managed policy'],
    ['the Sid of the boundary', { statements: [denial('AllowEverythingElse')], permissionsBoundary: true }, 'statements must not share a Sid'],
    ['a name with a space', { managedPolicyName: 'my policy' }, `${NAME}, got 'my policy'`],
    ['a name with a line break', { managedPolicyName: 'policy\n' }, NAME],
    ['an empty name', { managedPolicyName: '' }, `${NAME}, got ''`],
    ['a long name', { managedPolicyName: 'x'.repeat(129) }, NAME],
    ['a long description', { description: 'x'.repeat(1001) }, 'description must have at most 1000 characters, got 1001'],
    ['a path that does not begin with /', { path: 'x/' }, 'path must begin and end with \'/\' and have no spaces, got \'x/\''],
    ['a path that does not end with /', { path: '/x' }, 'path must begin and end'],
    ['a path with a space', { path: '/a b/' }, 'path must begin and end'],
    ['an empty path', { path: '' }, 'path must begin and end'],
  ])('%s', (_title, props, message) => {
    expect(() => policyIn(scratchStack(), props)).toThrow(message);
  });

  test.each<Partial<ImdsManagedPolicyProps>>([
    { path: '/' }, { path: '/a/b/' }, { managedPolicyName: 'x'.repeat(128) }, { managedPolicyName: 'a+=,.@_-1' }, { description: 'x'.repeat(1000) },
    { managedPolicyName: Fn.importValue('Name'), description: Fn.importValue('Description'), path: Fn.importValue('Path') },
  ])('%j is accepted', props => {
    expect(() => policyIn(scratchStack(), props)).not.toThrow();
  });
});

test.each<[unknown, string]>([
  [null, 'props must be an object with properties, got null'],
  [{ statements: null }, 'statements must be a list of PolicyStatement, got null'],
  [{ statements: null, permissionsBoundary: true }, 'statements must be a list of PolicyStatement, got null'],
  [{ statements: [denial('A')], permissionsBoundary: 'false' }, "permissionsBoundary must be true or false, got 'false'"],
  [{ statements: [denial('A')], permissionsBoundary: null }, 'permissionsBoundary must be true or false, got null'],
])('properties of %j, which JavaScript can pass, are rejected', (props, message) => {
  expect(() => new ImdsManagedPolicy(scratchStack(), 'Policy', props as ImdsManagedPolicyProps)).toThrow(message);
});
