/** How far the guardrails of an organization are rolled out: each stage has what the one before it has, and more. */
export enum GuardrailStage {
  /** Nothing is refused and no default changes: the hook warns of templates that do not require IMDSv2. */
  OBSERVE = 'observe',
  /** New instances require IMDSv2 where nobody says otherwise; what requires it already cannot be weakened. The hook still warns. */
  WARN = 'warn',
  /** Launches that do not require IMDSv2 are refused, and so are templates. */
  ENFORCE = 'enforce',
}
