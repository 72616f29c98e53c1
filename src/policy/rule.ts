import type { Control } from './controls';

/**
 * The severity of a violation.
 *
 * - `error`: IMDSv1 may be allowed, or the template cannot be deployed.
 * - `warning`: the result is unknown, or something else may break.
 */
export type Severity = 'error' | 'warning';

/**
 * The tool that finds a violation of a rule.
 *
 * - `check`: every tool, because a check can read it.
 * - `dependencies`: a check that searches for SDKs.
 * - `enforcement`: only enforcement, because the rule is about its changes, or about resources that it did not reach.
 */
export type FoundBy = 'check' | 'dependencies' | 'enforcement';

/** A requirement, and how to fix a violation. */
export interface Rule {
  /** The requirement, in a few words. */
  readonly title: string;
  /** The effect of a violation, in full sentences, for readers who do not know the metadata service. */
  readonly explanation: string;
  readonly fix: string;
  /** The AWS page that explains it. */
  readonly see: string;
  /** The severity in a check. Enforcement reports warnings for what it could not fix. */
  readonly severity: Severity;
  /**
   * The security severity of a violation for code scanning, from 0.1 to 10: over 7 is high, over 4 medium.
   *
   * A rule without a score is not about security: the template cannot be deployed, or a resource is replaced.
   */
  readonly securitySeverity?: number;
  readonly foundBy: FoundBy;
  /** Whether the rule is about required tokens, or about an unknown result. An exemption from it covers that decision. */
  readonly isAboutTokens?: true;
  /** Why the rule has no exemptions. If it is missing, the rule has exemptions. */
  readonly neverExempt?: string;
  /** The well-known controls that require the same, or a part of it. Most rules have none. */
  readonly controls?: readonly Control[];
}
