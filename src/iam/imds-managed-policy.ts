import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BOOLEAN, LATER, TEXT, checkPlace, instance, listOf } from '../model/kinds';
import { checked } from '../model/props';
import type { Shape } from '../model/props';
import { describeValue } from '../model/setting';
import { fittingPrincipals } from './fitting-principals';
import { ImdsStatements } from './imds-statements';
import type { PackedDocument, PolicyLimit } from './policy-packing';
import { checkStatements, packInto, packStatements } from './policy-packing';

/** What the managed policies hold, and to whom they are attached. */
export interface ImdsManagedPolicyProps {
  /** The statements, such as those of `ImdsStatements`. They are frozen: nothing can be added to them afterwards. */
  readonly statements: iam.PolicyStatement[];

  /**
   * The name of the policy: letters, digits and `+=,.@_-`, 128 characters at most. Further policies get `-2`, `-3` and so on at its end.
   *
   * @default - CloudFormation makes names up
   */
  readonly managedPolicyName?: string;

  /**
   * What the policies are for, 1000 characters at most. A change replaces them.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The path of the policies. It begins and ends with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The roles that the policies are attached to.
   *
   * @default - none
   */
  readonly roles?: iam.IRole[];

  /**
   * The users that the policies are attached to.
   *
   * @default - none
   */
  readonly users?: iam.IUser[];

  /**
   * The groups that the policies are attached to.
   *
   * @default - none
   */
  readonly groups?: iam.IGroup[];

  /**
   * Whether it is one policy that allows everything besides, to be used as a permissions boundary. Never attach it as an ordinary policy.
   *
   * @default false
   */
  readonly permissionsBoundary?: boolean;
}

/**
 * Statements as customer managed policies, for accounts outside an organization.
 *
 * They are as few as IAM's limit of 6,144 characters allows. A principal takes 10 of them, unless the quota was raised.
 *
 * A denial in such a policy applies only to the principals that it is attached to. A principal that can create roles or detach policies can avoid
 * it. Only a service control policy applies to all principals in an account.
 *
 * As a permissions boundary it is a single policy: a principal has but one. Attach it with `iam.PermissionsBoundary`, as in the example.
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import * as iam from 'aws-cdk-lib/aws-iam';
 * import { ImdsManagedPolicy } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Stack');
 * const boundary = new ImdsManagedPolicy(stack, 'Boundary', {
 *   statements: [new iam.PolicyStatement({
 *     sid: 'DenyCredentialsOfImdsv1',
 *     effect: iam.Effect.DENY,
 *     actions: ['*'],
 *     resources: ['*'],
 *     conditions: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } },
 *   })],
 *   permissionsBoundary: true,
 * });
 * iam.PermissionsBoundary.of(stack).apply(boundary.policies[0]);
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export class ImdsManagedPolicy extends Construct {
  /** The policies: one, if it is a permissions boundary. */
  public readonly policies: iam.ManagedPolicy[];

  /** The documents of the policies as minified JSON, for review; unresolved if a statement is. */
  public readonly documents: string[];

  /**
   * @param scope where it belongs
   * @param id its id in the scope
   * @param props what the policies hold, and to whom they are attached
   * @throws Error where a statement does not fit or names principals, two share a Sid, a permissions boundary needs more than one policy or has
   *   somebody to be attached to, or the name, the description or the path is not one that IAM takes
   */
  public constructor(scope: Construct, id: string, props: ImdsManagedPolicyProps) {
    super(checkPlace(scope, id), id);
    checked(props, MANAGED_POLICY_PROPS);
    checkStatements(props.statements);
    checkTexts(props);
    const { statements, permissionsBoundary, managedPolicyName, description, path, roles, users, groups } = props;
    if (permissionsBoundary) { checkNobody({ roles, users, groups }); }
    const packed = documentsOf(permissionsBoundary ? ImdsStatements.forPermissionsBoundary(statements) : statements, Stack.of(this));
    if (permissionsBoundary && packed.length > 1) {
      const size = packed.reduce((sum, document) => sum + document.size, 0);
      throw new Error(`a permissions boundary must fit into one policy of ${MAX_SIZE} characters, got ${packed.length} with ${size} in all`);
    }
    this.documents = packed.map(({ text }) => text);
    this.policies = packed.map((document, index) => new iam.ManagedPolicy(this, index === 0 ? 'Policy' : `Policy${index + 1}`, {
      managedPolicyName: nameOf(managedPolicyName, index),
      document: new iam.PolicyDocument({ statements: [...document.statements], minimize: false }),
      description,
      path,
      roles,
      users,
      groups,
    }));
  }
}

/** The characters that a managed policy may have. It is no quota that can be raised. */
const MAX_SIZE = 6144;

const MANAGED_POLICY: PolicyLimit = { policy: 'a managed policy', maxSize: MAX_SIZE, measure: text => text.sizeWithoutSpace };

function documentsOf(statements: readonly iam.PolicyStatement[], stack: Stack): PackedDocument[] {
  const hint = () => fittingPrincipals(statements, fewer => packInto(Infinity, fewer, MANAGED_POLICY, stack));
  return packStatements(statements, { ...MANAGED_POLICY, hint }, stack);
}

/** Attached as an ordinary policy, a boundary would make administrators of them. */
function checkNobody(attached: { readonly [name: string]: readonly unknown[] | undefined }): void {
  const given = Object.keys(attached).find(name => attached[name]?.length);
  if (given) {
    throw new Error(`${given} must not be given with permissionsBoundary, got ${attached[given]!.length}: the boundary allows everything, so do not attach it as a policy`);
  }
}

function nameOf(name: string | undefined, index: number): string | undefined {
  if (name === undefined) { return undefined; }
  const numbered = index === 0 ? name : `${name}-${index + 1}`;
  if (!Token.isUnresolved(name) && !/^[\w+=,.@-]{1,128}$/.test(numbered)) {
    throw new Error(`managedPolicyName must have 1 to 128 letters, digits and '+=,.@_-', got ${describeValue(numbered)}`);
  }
  return numbered;
}

function checkTexts({ description = '', path = '/' }: ImdsManagedPolicyProps): void {
  if (!Token.isUnresolved(description) && description.length > 1000) {
    throw new Error(`description must have at most 1000 characters, got ${description.length}`);
  }
  if (!Token.isUnresolved(path) && !/^\/([!-~]*\/)?$/.test(path)) {
    throw new Error(`path must begin and end with '/' and have no spaces, got ${describeValue(path)}`);
  }
}

const MANAGED_POLICY_PROPS: Shape<ImdsManagedPolicyProps> = {
  statements: LATER,
  managedPolicyName: TEXT,
  description: TEXT,
  path: TEXT,
  roles: listOf(instance('an IRole', value => 'roleArn' in value)),
  users: listOf(instance('an IUser', value => 'userName' in value)),
  groups: listOf(instance('an IGroup', value => 'groupName' in value)),
  permissionsBoundary: BOOLEAN,
};
