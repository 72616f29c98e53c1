import type { Control } from './controls';

/**
 * The severity of a violation.
 *
 * - `error`: IMDSv1 may be allowed, or the template cannot be deployed.
 * - `warning`: the result is unknown, or something else may break.
 */
export type Severity = 'error' | 'warning';

/**
 * Who finds a violation of a rule.
 *
 * - `check`: every tool, because a check can read it.
 * - `dependencies`: a check that searches for SDKs.
 * - `enforcement`: only enforcement, because the rule is about its changes, or about what it did not reach.
 */
export type FoundBy = 'check' | 'dependencies' | 'enforcement';

/** A requirement, and what to do about a violation. */
export interface Rule {
  /** The requirement, in a few words. */
  readonly title: string;
  /** The effect of a violation, in full sentences, for readers who do not know the metadata service. */
  readonly explanation: string;
  readonly fix: string;
  /** The AWS page that explains it. */
  readonly see: string;
  /** The severity in a check. Enforcement has done what it could, and warns. */
  readonly severity: Severity;
  /**
   * How bad it is for security where the rule is broken, as code scanning scores it, from 0.1 to 10: over 7 is high, over 4 medium.
   *
   * Without a score the rule is not about security: the template cannot be deployed, or something is replaced.
   */
  readonly securitySeverity?: number;
  readonly foundBy: FoundBy;
  /** Whether the rule is about required tokens, or about an unknown result. An exemption from it covers that decision. */
  readonly isAboutTokens?: true;
  /** Why nothing can be exempted from it; where no reason is given, something can. */
  readonly neverExempt?: string;
  /** The well-known controls that require the same, or a part of it. Most rules have none. */
  readonly controls?: readonly Control[];
}
