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

/** What the service control policies hold, and what they are attached to. */
export interface ImdsServiceControlPolicyProps extends ImdsOrganizationPolicyProps {
  /** The statements, such as those of `ImdsStatements`. They are frozen: nothing can be added to them afterwards. */
  readonly statements: PolicyStatement[];

  /**
   * The most characters that one policy may have.
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
 * They are as few as the size of a policy allows: each statement is in one of them as a whole. CloudFormation makes those of one stack one after the
 * other, since Organizations refuses changes at the same time; policies in other stacks, or written by hand, are not in that order.
 *
 * They hold for all users and roles, the root users included, of the accounts that they reach, but not for the management account, and not for
 * service-linked roles: what Amazon EC2 Auto Scaling or a fleet launches goes past them.
 *
 * Deploy the stack in the management account, or in a member account that the resource-based delegation policy of the organization allows to
 * manage such policies. The organization must have all features and this type of policy enabled.
 *
 * Warnings name doubtful exemptions: a pattern that is too wide, a value that is only known at deployment, the account of the stack, and principals
 * that this policy does not protect from being created or taken over. The construct does not know what other policies protect.
 *
 * What is measured is minified JSON, which is what CloudFormation sends. Of the tokens in it the partition, the Region and the account id are
 * measured with their longest values, others with none.
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
   * @param scope a stack in the management account or in a delegated one, or what is in it
   * @param id its id in the scope
   * @param props what the policies hold, and what they are attached to
   * @throws Error where a statement does not fit or names principals, two share a Sid, a target is not valid, there are more policies than a target
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
