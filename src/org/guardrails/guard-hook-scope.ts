/** Where the guardrails of an organization hold templates against the Guard rules. */
export enum GuardHookScope {
  /** In the account and the Region of the stack. */
  ACCOUNT = 'account',
  /** In every account below the targets, in the Regions that are named, by a stack set. It takes organizational units, and does not reach the management account. */
  ORGANIZATION = 'organization',
  /** Nowhere. */
  NONE = 'none',
}
