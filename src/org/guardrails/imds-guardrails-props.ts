import type { ImdsDriftDetection } from '../account-defaults/drift-detection';
import type { ImdsGuardHookProps } from '../guard-hook/guard-hook-props';
import type { DefaultsBy } from './defaults-by';
import type { GuardHookScope } from './guard-hook-scope';
import type { GuardrailStage } from './guardrail-stage';

/** The targets of the guardrails of an organization, and their stage. */
export interface ImdsGuardrailsProps {
  /** The stage of the guardrails. Start with `OBSERVE`, then change it to the next stage. */
  readonly stage: GuardrailStage;

  /** The targets: the root (`r-ab12`), organizational units (`ou-ab12-11111111`), accounts (`111122223333`). */
  readonly targetIds: string[];

  /**
   * The principals that can launch any instances and weaken them, as in `aws:PrincipalArn`: `arn:*:iam::*:role/platform/ImageFactory`. They
   * cannot change guardrails. From the stage `WARN` on, only `administratorArns` can create, change or pass such a role
   * (`denyTakingExemptPrincipals`), so use roles that are only for this purpose.
   *
   * @default - no principal
   */
  readonly exemptPrincipalArns?: string[];

  /**
   * The accounts to which the service control policies do not apply, by their 12 digits.
   *
   * @default - no account
   */
  readonly exemptAccounts?: string[];

  /**
   * The Regions in which no calls are denied, such as `eu-west-1`. The organization, and the roles, functions, rules, stacks and stack sets of
   * the guardrails, stay protected, because a function in one Region may act in all Regions.
   *
   * @default - no Region
   */
  readonly exemptRegions?: string[];

  /**
   * The principals that can change account defaults and guardrails, and create and pass exempt roles: the principals that deploy the guardrails
   * in the accounts below the targets, the roles that they pass to CloudFormation, and the principals that manage policies of the organization
   * from an account below the targets.
   *
   * @default - only the roles of stack sets with service-managed permissions
   */
  readonly administratorArns?: string[];

  /**
   * Whether only `administratorArns` and stack sets can create, change or pass the roles, and create or change the users, in
   * `exemptPrincipalArns` and `administratorArns`, from the stage `WARN` on. The same applies to creating a role in `imdsv1PrincipalArns`.
   * Without this, every administrator of an account can become exempt, with a role of that name.
   *
   * @default true
   */
  readonly denyTakingExemptPrincipals?: boolean;

  /**
   * The highest hop limit that is allowed, 1-64.
   *
   * @default 2
   */
  readonly maxHopLimit?: number;

  /**
   * The hop limit of new instances that set none, 1 to `maxHopLimit`. Containers need 2.
   *
   * @default - no preference: the AMI decides, otherwise 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * How accounts get their defaults.
   *
   * @default DefaultsBy.DECLARATIVE_POLICY
   */
  readonly defaultsBy?: DefaultsBy;

  /**
   * Whether the account defaults are checked later, if a stack set sets them. A declarative policy does not need this, because nobody in the
   * accounts can change what it sets.
   *
   * @default ImdsDriftDetection.report()
   */
  readonly driftDetection?: ImdsDriftDetection;

  /**
   * Whether EC2 refuses every launch that allows IMDSv1, from the stage `ENFORCE` on. This includes launches by service-linked roles, to which no
   * service control policy applies. It has no exempt principals.
   *
   * @default true
   */
  readonly httpTokensEnforced?: boolean;

  /**
   * Whether a launch can leave tokens unset and use the defaults of the guardrails, in the stage `ENFORCE`. A service control policy does not see
   * defaults, so without this it denies such a launch, like the example of AWS. The hook still requires tokens.
   *
   * @default false
   */
  readonly allowUnsetTokens?: boolean;

  /**
   * Whether calls with role credentials that come from IMDSv1 are denied, from the stage `ENFORCE` on.
   *
   * It immediately stops all software that still gets credentials without a token: see `ImdsStatements.denyImdsv1Credentials()` for how to find it.
   *
   * @default false
   */
  readonly denyImdsv1Credentials?: boolean;

  /**
   * The roles that can still use credentials from IMDSv1, besides `exemptPrincipalArns`. Teams can still change and pass them, but no other principal can
   * create a new role with such a name.
   *
   * @default - none
   */
  readonly imdsv1PrincipalArns?: string[];

  /**
   * Whether only `administratorArns` can configure, deactivate or deregister hooks in the accounts, from the stage `WARN` on. This includes all
   * other extensions of CloudFormation, because IAM cannot distinguish them. Use it for accounts with hooks.
   *
   * @default - true with `GuardHookScope.ORGANIZATION`, which creates a hook in each of them
   */
  readonly denyUndoingHooks?: boolean;

  /**
   * The message of a call that the declarative policy refuses: a contact, and a link to an explanation.
   *
   * @default - the text of EC2
   */
  readonly exceptionMessage?: string;

  /**
   * Where the Guard rules evaluate templates, in all stages: one hook for each alias, account and Region.
   *
   * @default GuardHookScope.ACCOUNT
   */
  readonly guardHook?: GuardHookScope;

  /**
   * The Regions of the hooks with `GuardHookScope.ORGANIZATION`, in the order of deployment. Each must be enabled in the accounts and in the management account.
   *
   * @default - needed with `GuardHookScope.ORGANIZATION`
   */
  readonly guardHookRegions?: string[];

  /**
   * What the hook requires, and for which stacks. The stage sets its mode. With `GuardHookScope.ORGANIZATION`, buckets and a role are not
   * possible, because they belong to one account.
   *
   * @default - the defaults of `ImdsGuardHook`
   */
  readonly guardHookProps?: ImdsGuardHookProps;

  /**
   * Whether the stack is in the account of a delegated administrator, and not in the management account. If that account is below the targets,
   * the service control policies also apply to the guardrails themselves: name the principals that deploy in `administratorArns`.
   *
   * @default false
   */
  readonly delegatedAdmin?: boolean;
}
