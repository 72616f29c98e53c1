/** The properties of `Custom::ImdsGuardRules`. `Custom::ImdsGuardRulesBucket` has no properties. */
export interface Properties {
  /** A hash of the rules. Other rules are another resource. */
  readonly Rules?: string;
}
