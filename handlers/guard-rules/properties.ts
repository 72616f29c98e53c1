/** The properties of `Custom::ImdsGuardRules`. `Custom::ImdsGuardRulesBucket` has none of its own. */
export interface Properties {
  /** A hash of the rules. Other rules are another resource. */
  readonly Rules?: string;
}
