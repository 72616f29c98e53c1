/** The stage of the guardrails of an organization. Each stage includes the previous one. */
export enum GuardrailStage {
  /** Nothing is refused, and no default changes. The hook warns about templates that do not require IMDSv2. */
  OBSERVE = 'observe',
  /** New instances require IMDSv2 by default, and instances that require it cannot be weakened. The hook still warns. */
  WARN = 'warn',
  /** Launches that do not require IMDSv2 are refused, and so are templates. */
  ENFORCE = 'enforce',
}
