/** By what the accounts of an organization get their defaults. */
export enum DefaultsBy {
  /** By a declarative policy: nobody in the accounts can change them, and new accounts have them at once. */
  DECLARATIVE_POLICY = 'declarative policy',
  /** By a stack set that sets them in every account, for organizations without declarative policies. It takes organizational units, and reaches no single account. */
  STACK_SET = 'stack set',
}
