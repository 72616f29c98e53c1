/** How the accounts of an organization get their defaults. */
export enum DefaultsBy {
  /** With a declarative policy: the accounts cannot change them, and new accounts get them at once. */
  DECLARATIVE_POLICY = 'declarative policy',
  /**
   * With a stack set that sets them in every account, for organizations without declarative policies. Its targets are organizational units, not
   * single accounts.
   */
  STACK_SET = 'stack set',
}
