import { Stack, Token } from 'aws-cdk-lib';
import type { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { BOOLEAN, LATER, checkPlace } from '../../model/kinds';
import { checked } from '../../model/props';
import type { Shape } from '../../model/props';
import { describeValue } from '../../model/setting';
import { warnOfEnforcement } from '../cut-off-warning';
import { DEFAULTS } from '../defaults-props';
import type { ImdsDefaultsProps } from '../defaults-props';
import { measuredDocument } from './declarative-document';
import { addOrganizationPolicy, checkOrganizationPolicyProps } from './organization-policy';
import { ORGANIZATION_POLICY } from './organization-policy-props';
import type { ImdsOrganizationPolicyProps } from './organization-policy-props';

/** What the declarative policy sets, and its targets. */
export interface ImdsDeclarativePolicyProps extends ImdsDefaultsProps, ImdsOrganizationPolicyProps {
  /**
   * The message of a call that the policy refuses: the reason, a link, a contact.
   *
   * @default - EC2's own message
   */
  readonly exceptionMessage?: string;

  /**
   * Whether policies on lower organizational units or accounts can set other values.
   *
   * @default true
   */
  readonly childPoliciesMayOverride?: boolean;

  /**
   * The maximum number of characters in the policy.
   *
   * @default 10000
   */
  readonly maxDocumentSize?: number;
}

/**
 * A declarative policy for EC2 that sets the account defaults for the metadata options of new instances in an organization.
 *
 * It sets them in every Region of all accounts at and below its targets, also in accounts that join later, and in the management account if that
 * is among them. The accounts cannot change them: all such calls fail. There are no exceptions for principals. To make an exception for an
 * account, choose other targets, or attach another policy to the account.
 *
 * They are defaults: a launch or a launch template can override them, unless `httpTokensEnforced` is true. Running instances do not change.
 *
 * Deploy the stack in the management account, or in a member account that the resource-based delegation policy of the organization allows to
 * manage such policies. The organization must have all features, trusted access for EC2's declarative policies, and this type of policy enabled.
 *
 * @example
 * import { App, Stack } from 'aws-cdk-lib';
 * import { ImdsDeclarativePolicy } from 'cdk-imdsv2';
 *
 * const stack = new Stack(new App(), 'Guardrails');
 * new ImdsDeclarativePolicy(stack, 'Defaults', {
 *   httpPutResponseHopLimit: 2,
 *   exceptionMessage: 'IMDSv2 is required here: https://wiki.example.com/imdsv2',
 *   targetIds: ['r-ab12'],
 * });
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
 */
export class ImdsDeclarativePolicy extends Construct {
  /** The policy. */
  public readonly policy: CfnPolicy;

  /** The id of the policy, such as `p-examplepolicyid111`: unresolved at synthesis. */
  public readonly policyId: string;

  /** The document of the policy as minified JSON, for review; unresolved if it contains an unresolved value. */
  public readonly document: string;

  /**
   * @param scope a stack in the management account or in a delegated one, or a construct in it
   * @param id its id in the scope
   * @param props the settings of the policy, and its targets
   * @throws Error if tokens are enforced and not required, EC2 does not accept the hop limit, the message is blank, the document is too long,
   *   a target is not valid, or the name or the description is too long
   */
  public constructor(scope: Construct, id: string, props: ImdsDeclarativePolicyProps) {
    super(checkPlace(scope, id), id);
    checked(props, DECLARATIVE_POLICY);
    checkOrganizationPolicyProps(props);
    checkExceptionMessage(props.exceptionMessage);
    const { content, text } = measuredDocument(props, Stack.of(this), props.maxDocumentSize);
    this.document = text;
    this.policy = addOrganizationPolicy(this, props, { type: 'DECLARATIVE_POLICY_EC2', content, number: 1 });
    this.policyId = this.policy.attrId;
    warnOfEnforcement(this, props.httpTokensEnforced, 'the accounts below its targets');
  }
}

/**
 * Checks the message for refused calls.
 *
 * @throws Error if it is given and is not a text, or blank
 */
export function checkExceptionMessage(message: unknown): void {
  if (message === undefined || Token.isUnresolved(message) || typeof message === 'string' && message.trim() !== '') { return; }
  throw new Error(`exceptionMessage must be a string that is not blank, got ${describeValue(message)}`);
}

const DECLARATIVE_POLICY: Shape<ImdsDeclarativePolicyProps> = {
  ...DEFAULTS, ...ORGANIZATION_POLICY, exceptionMessage: LATER, childPoliciesMayOverride: BOOLEAN, maxDocumentSize: LATER,
};
