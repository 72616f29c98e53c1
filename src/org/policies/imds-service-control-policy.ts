import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { checkMaxDocumentSize } from '../../iam/policy-packing';
import { LATER, checkPlace } from '../../model/kinds';
import { checked } from '../../model/props';
import type { Shape } from '../../model/props';
import { addWarnings } from '../warning';
import { Attachments, SERVICE_CONTROL_POLICY } from './attachments';
import { addOrganizationPolicy, checkOrganizationPolicyProps } from './organization-policy';
import { ORGANIZATION_POLICY } from './organization-policy-props';
import type { ImdsOrganizationPolicyProps } from './organization-policy-props';
import { serviceControlDocuments } from './service-control-documents';
import { serviceControlWarnings } from './service-control-warnings';

/** The statements of the service control policies, and their targets. */
export interface ImdsServiceControlPolicyProps extends ImdsOrganizationPolicyProps {
  /** The statements, such as those of `ImdsStatements`. They are frozen: nothing can be added to them afterwards. */
  readonly statements: PolicyStatement[];

  /**
   * The maximum number of characters in one policy.
   *
   * @default 10240
   */
  readonly maxDocumentSize?: number;

  /**
   * How many service control policies can be attached to one root, organizational unit or account. `FullAWSAccess` is among them, so one less
   * is left.
   *
   * @default 10
   */
  readonly maxAttachments?: number;
}

/**
 * Statements as service control policies of an organization.
 *
 * There are as few policies as their size allows, and a statement is not split. CloudFormation creates the policies of one stack one after the other,
 * because Organizations refuses parallel changes. Policies in other stacks, or written by hand, are not in that order.
 *
 * They apply to all users and roles of the target accounts, also to root users. They do not apply to the management account, nor to service-linked
 * roles, with which Amazon EC2 Auto Scaling and fleets launch instances.
 *
 * Deploy the stack in the management account, or in a member account that the resource-based delegation policy of the organization allows to
 * manage such policies. The organization must have all features and this type of policy enabled.
 *
 * Warnings name doubtful exemptions: a pattern that is too wide, a value that is only known at deployment, the account of the stack, and principals
 * that this policy does not protect from being created or taken over. The construct does not know what other policies protect.
 *
 * The size is that of the minified JSON that CloudFormation sends. Partition, Region and account id count with their longest values, other unresolved
 * values with none.
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import * as iam from 'aws-cdk-lib/aws-iam';
 * import { ImdsServiceControlPolicy } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Guardrails');
 * new ImdsServiceControlPolicy(stack, 'RequireTokens', {
 *   statements: [new iam.PolicyStatement({
 *     sid: 'DenyLaunchWithoutTokens',
 *     effect: iam.Effect.DENY,
 *     actions: ['ec2:RunInstances'],
 *     resources: ['arn:*:ec2:*:*:instance/*'],
 *     conditions: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } },
 *   })],
 *   targetIds: ['ou-ab12-11111111'],
 * });
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export class ImdsServiceControlPolicy extends Construct {
  /** The policies, in the order of their documents. */
  public readonly policies: CfnPolicy[];

  /** The ids of the policies, such as `p-examplepolicyid111`: tokens. */
  public readonly policyIds: string[];

  /** The documents of the policies as minified JSON, for review; unresolved if a statement is. */
  public readonly documents: string[];

  /**
   * @param scope a stack in the management account or in a delegated one, or a construct in it
   * @param id its id in the scope
   * @param props the statements, and the targets
   * @throws Error if a statement does not fit or names principals, two statements have the same Sid, a target is not valid, there are more policies than a target
   *   takes, or the name or the description is too long
   */
  public constructor(scope: Construct, id: string, props: ImdsServiceControlPolicyProps) {
    super(checkPlace(scope, id), id);
    checked(props, SERVICE_CONTROL_PROPS);
    const { statements, targetIds, maxDocumentSize, maxAttachments } = props;
    checkOrganizationPolicyProps(props);
    checkMaxDocumentSize(maxDocumentSize);
    const attachments = new Attachments(this, targetIds, maxAttachments);
    const packed = serviceControlDocuments({ statements, stack: Stack.of(this), places: attachments.places, maxSize: maxDocumentSize });
    this.documents = packed.map(({ text }) => text);
    this.node.addValidation(attachments);

    const type = SERVICE_CONTROL_POLICY;
    this.policies = packed.map(({ content }, index) => addOrganizationPolicy(this, props, { type, content, number: index + 1 }));
    this.policyIds = this.policies.map(({ attrId }) => attrId);
    addWarnings(this, serviceControlWarnings(statements, Stack.of(this)));
  }
}

const SERVICE_CONTROL_PROPS: Shape<ImdsServiceControlPolicyProps> = {
  ...ORGANIZATION_POLICY, statements: LATER, maxDocumentSize: LATER, maxAttachments: LATER,
};
