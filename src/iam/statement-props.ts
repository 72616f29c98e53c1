import { BOOLEAN, HOP_LIMIT, LATER } from '../model/kinds';
import type { Shape } from '../model/props';
import type { ImdsStatementProps } from './exemption-conditions';
import { STATEMENT } from './exemption-conditions';

/** Options of a statement about tokens at launch. */
export interface ImdsLaunchStatementProps extends ImdsStatementProps {
  /**
   * Whether an instance may leave tokens unset if its launch disables the endpoint: it then gets no credentials.
   *
   * @default false
   */
  readonly allowDisabledEndpoint?: boolean;

  /**
   * Whether a launch may leave tokens unset, for accounts whose defaults require them. IAM does not see the defaults, so without this, a launch
   * is denied even if the default would require tokens.
   *
   * @default false
   */
  readonly allowUnset?: boolean;
}

/** Options of a statement about the hop limit at launch. */
export interface ImdsHopLimitStatementProps extends ImdsStatementProps {
  /**
   * Whether to deny a launch that sets no hop limit, too.
   *
   * @default false - it gets the account default, the AMI's 2, or 1
   */
  readonly denyUnset?: boolean;
}

/** Options of a statement about weakening. */
export interface ImdsWeakeningStatementProps extends ImdsStatementProps {
  /**
   * The highest hop limit that a call can set, 1-64.
   *
   * @default 2
   */
  readonly maxHopLimit?: number;
}

/** The resources of the guardrails. */
export interface ImdsGuardrailStatementProps extends ImdsStatementProps {
  /**
   * Whether only exempt principals can configure, deactivate or deregister hooks and all other extensions of CloudFormation. IAM cannot
   * distinguish them.
   *
   * @default true
   */
  readonly hooks?: boolean;

  /**
   * Whether only exempt principals can leave the organization, or attach, change, detach or delete service control policies and declarative
   * policies for EC2. This includes all such policies, because a policy cannot name itself. Members cannot manage policies unless the
   * organization delegates this to their account.
   *
   * @default true
   */
  readonly organizationPolicies?: boolean;

  /**
   * The names of the stacks that guardrails are deployed by, with `*` and `?` for what varies. CloudFormation names those of a stack set
   * `StackSet-<name of the stack set>-<id>`.
   *
   * @default - no stack
   */
  readonly stackNames?: string[];

  /**
   * The names of the stack sets that guardrails are deployed by, with `*` and `?` for what varies. Delegated administrators of StackSets can change
   * those of the whole organization.
   *
   * @default - no stack set
   */
  readonly stackSetNames?: string[];

  /**
   * The ARNs of the EventBridge rules that guardrails are started by, with `*` and `?` for what varies.
   *
   * @default - no rule
   */
  readonly ruleArns?: string[];

  /**
   * The ARNs of the roles that guardrails act by, with `*` and `?` for what varies, such as `ImdsAccountDefaults.ROLE_ARN_PATTERN`.
   *
   * @default - only the roles of stack sets with service-managed permissions
   */
  readonly roleArns?: string[];

  /**
   * The ARNs of the Lambda functions that guardrails act by, with `*` and `?` for what varies, such as `ImdsAccountDefaults.FUNCTION_ARN_PATTERN`.
   * Their versions and aliases are guarded with them.
   *
   * @default - no function
   */
  readonly functionArns?: string[];
}

/** Exceptions of a statement about exempt principals. */
export interface ImdsExemptPrincipalStatementProps extends ImdsStatementProps {
  /**
   * The roles, as in `principalArns`, that are only protected from being created. Teams can still change and pass existing roles.
   *
   * @default - none
   */
  readonly existingRoleArns?: string[];
}

/** Options of a statement about launch configurations. */
export interface ImdsLaunchConfigurationStatementProps extends ImdsStatementProps {
  /**
   * Whether a launch configuration may leave tokens unset if it disables the endpoint.
   *
   * @default false
   */
  readonly allowDisabledEndpoint?: boolean;

  /**
   * The highest hop limit that a launch configuration can have, 1-64.
   *
   * @default - any
   */
  readonly maxHopLimit?: number;
}

/** Options of a statement about Auto Scaling groups. */
export interface ImdsGroupStatementProps extends ImdsStatementProps {
  /**
   * Whether to deny groups with a launch configuration, too.
   *
   * @default false
   */
  readonly denyLaunchConfigurations?: boolean;
}

export const LAUNCH: Shape<ImdsLaunchStatementProps> = { ...STATEMENT, allowDisabledEndpoint: BOOLEAN, allowUnset: BOOLEAN };
export const HOP_LIMITS: Shape<ImdsHopLimitStatementProps> = { ...STATEMENT, denyUnset: BOOLEAN };
export const WEAKENING: Shape<ImdsWeakeningStatementProps> = { ...STATEMENT, maxHopLimit: HOP_LIMIT };
export const GUARDRAIL: Shape<ImdsGuardrailStatementProps> = {
  ...STATEMENT,
  hooks: BOOLEAN,
  organizationPolicies: BOOLEAN,
  stackNames: LATER,
  stackSetNames: LATER,
  ruleArns: LATER,
  roleArns: LATER,
  functionArns: LATER,
};
export const EXEMPT_PRINCIPAL: Shape<ImdsExemptPrincipalStatementProps> = { ...STATEMENT, existingRoleArns: LATER };
export const LAUNCH_CONFIGURATION: Shape<ImdsLaunchConfigurationStatementProps> = {
  ...STATEMENT, allowDisabledEndpoint: BOOLEAN, maxHopLimit: HOP_LIMIT,
};
export const GROUP: Shape<ImdsGroupStatementProps> = { ...STATEMENT, denyLaunchConfigurations: BOOLEAN };
