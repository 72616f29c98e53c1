/** Where the guardrails of an organization evaluate templates with the Guard rules. */
export enum GuardHookScope {
  /** In the account and the Region of the stack. */
  ACCOUNT = 'account',
  /**
   * In every account below the targets, in the Regions that you name, with a stack set. Its targets are organizational units. It does not deploy
   * to the management account.
   */
  ORGANIZATION = 'organization',
  /** Nowhere. */
  NONE = 'none',
}
