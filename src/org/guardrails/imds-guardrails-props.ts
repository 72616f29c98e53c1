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
   * The principals that may launch instances as they like and weaken them, as `aws:PrincipalArn` names them: `arn:*:iam::*:role/platform/ImageFactory`.
   * They cannot undo guardrails. From the stage `WARN` on nobody but `administratorArns` can make, change or pass such a role
   * (`denyTakingExemptPrincipals`): write ARNs of roles that are for this alone.
   *
   * @default - no principal
   */
  readonly exemptPrincipalArns?: string[];

  /**
   * The accounts whose principals no service control policy denies anything, by their 12 digits.
   *
   * @default - no account
   */
  readonly exemptAccounts?: string[];

  /**
   * The Regions in which calls are denied nothing, such as `eu-west-1`. The organization, and the roles, functions, rules, stacks and stack sets that
   * guardrails act by, stay guarded: what acts in one Region may act in all.
   *
   * @default - no Region
   */
  readonly exemptRegions?: string[];

  /**
   * The principals that may change account defaults, undo guardrails, and make and pass exempt roles: those that deploy them in the accounts below the
   * targets, the roles that they pass to CloudFormation for it, and who manages policies of the organization from an account below the targets.
   *
   * @default - the roles of stack sets with service-managed permissions alone
   */
  readonly administratorArns?: string[];

  /**
   * Whether nobody but `administratorArns` and stack sets may make, change or pass the roles, and make or change the users, that `exemptPrincipalArns` and
   * `administratorArns` name, from the stage `WARN` on; nor make a role that `imdsv1PrincipalArns` name. Otherwise every administrator of an account can
   * be exempt: by a role of such a name.
   *
   * @default true
   */
  readonly denyTakingExemptPrincipals?: boolean;

  /**
   * The highest hop limit that may be asked for, 1-64.
   *
   * @default 2
   */
  readonly maxHopLimit?: number;

  /**
   * The hop limit of new instances that say none, 1 to `maxHopLimit`. 2 is what containers need.
   *
   * @default - no preference: the AMI decides, else 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * How accounts get their defaults.
   *
   * @default DefaultsBy.DECLARATIVE_POLICY
   */
  readonly defaultsBy?: DefaultsBy;

  /**
   * Whether the account defaults are looked at after they were set, where a stack set sets them. A declarative policy needs no look: nobody in the
   * accounts can change what it sets.
   *
   * @default ImdsDriftDetection.report()
   */
  readonly driftDetection?: ImdsDriftDetection;

  /**
   * Whether EC2 refuses every launch that would answer IMDSv1, from the stage `ENFORCE` on: also launches by service-linked roles, which no service
   * control policy reaches. It knows no exempt principals.
   *
   * @default true
   */
  readonly httpTokensEnforced?: boolean;

  /**
   * Whether a launch may leave tokens to the defaults that the guardrails set, in the stage `ENFORCE`. A service control policy is not told of
   * defaults, so otherwise it denies such a launch, as the example of AWS does. The hook asks for them all the same.
   *
   * @default false
   */
  readonly allowUnsetTokens?: boolean;

  /**
   * Whether calls with role credentials that come from IMDSv1 are denied, from the stage `ENFORCE` on.
   *
   * It cuts off at once whatever still fetches credentials without a token: see `ImdsStatements.denyImdsv1Credentials()` for how to find out.
   *
   * @default false
   */
  readonly denyImdsv1Credentials?: boolean;

  /**
   * The roles that may go on with credentials from IMDSv1, besides `exemptPrincipalArns`. Teams go on changing and passing them, but no new one of
   * such a name can be made.
   *
   * @default - none
   */
  readonly imdsv1PrincipalArns?: string[];

  /**
   * Whether nobody but `administratorArns` may configure, deactivate or deregister hooks in the accounts, from the stage `WARN` on; nor, as IAM cannot
   * tell them apart, any other extension of CloudFormation. It is for accounts that have hooks to guard.
   *
   * @default - true with `GuardHookScope.ORGANIZATION`, which puts a hook into each of them
   */
  readonly denyUndoingHooks?: boolean;

  /**
   * The message of a call that the declarative policy refuses: whom to ask, and where it is explained.
   *
   * @default - the text of EC2
   */
  readonly exceptionMessage?: string;

  /**
   * Where templates are held against the Guard rules, in all stages: one hook for each alias, account and Region.
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
   * What the hook asks for, and of which stacks. Its mode is up to the stage. With `GuardHookScope.ORGANIZATION` it takes neither buckets nor a role, which
   * are of one account.
   *
   * @default - as of `ImdsGuardHook`
   */
  readonly guardHookProps?: ImdsGuardHookProps;

  /**
   * Whether the stack is in a delegated administrator's account, not in the management account. What it deploys is reached by its own service
   * control policies then, if that account is below the targets: name who deploys in `administratorArns`.
   *
   * @default false
   */
  readonly delegatedAdmin?: boolean;
}
