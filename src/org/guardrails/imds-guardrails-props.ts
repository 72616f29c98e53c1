import type { ImdsStatementProps } from '../../iam/exemptions';
import type { DefaultsBy } from './defaults-by';
import type { GuardrailStage } from './guardrail-stage';

/** Whom the guardrails of an organization reach, and how far they go. */
export interface ImdsGuardrailsProps extends ImdsStatementProps {
  /**
   * How far the guardrails are rolled out. Begin with `OBSERVE`, and change the word.
   */
  readonly stage: GuardrailStage;

  /**
   * Whom they reach: the root (`r-ab12`), organizational units (`ou-ab12-11111111`), accounts (`111122223333`).
   */
  readonly targetIds: string[];

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
   * By what accounts get their defaults.
   *
   * @default DefaultsBy.DECLARATIVE_POLICY
   */
  readonly defaultsBy?: DefaultsBy;

  /**
   * Whether EC2 refuses every launch that would answer IMDSv1, from the stage `ENFORCE` on: also launches by service-linked roles, which no service
   * control policy reaches. It knows no exempt principals.
   *
   * @default true
   */
  readonly httpTokensEnforced?: boolean;

  /**
   * Whether a launch may leave tokens to the defaults that the guardrails set, in the stage `ENFORCE`. A service control policy is not told of
   * defaults, so otherwise it denies such a launch, as the example of AWS does.
   *
   * @default false
   */
  readonly allowUnsetTokens?: boolean;

  /**
   * Whether calls with role credentials that were got by IMDSv1 are denied, from the stage `ENFORCE` on.
   *
   * It cuts off at once whatever still fetches credentials without a token: see `ImdsStatements.denyImdsv1Credentials()` for how to find out.
   *
   * @default false
   */
  readonly denyImdsv1Credentials?: boolean;

  /**
   * The roles that may go on with credentials by IMDSv1, besides `exemptPrincipalArns`.
   *
   * @default - none
   */
  readonly imdsv1PrincipalArns?: string[];

  /**
   * What people read when the declarative policy is in their way: whom to ask, and where it is explained.
   *
   * @default - the text of EC2
   */
  readonly exceptionMessage?: string;

  /**
   * Whether templates are held against the Guard rules in the account and the Region of the stack.
   *
   * @default true
   */
  readonly guardHook?: boolean;

  /**
   * Whether the stack is in a delegated administrator's account, not in the management account.
   *
   * @default false
   */
  readonly delegatedAdmin?: boolean;
}
