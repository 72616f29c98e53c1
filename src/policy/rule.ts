import type { Control } from './controls';

/**
 * How much it matters where a rule is broken.
 *
 * - `error`: IMDSv1 may get in, or what is written cannot be deployed.
 * - `warning`: nobody can tell here, or something else may suffer.
 */
export type Severity = 'error' | 'warning';

/**
 * Who finds that a rule is broken.
 *
 * - `check`: everybody, since it can be read in what a check sees.
 * - `dependencies`: a check that is told where to look for SDKs.
 * - `enforcement`: enforcement alone, since it is about what enforcement does, or did not reach.
 */
export type FoundBy = 'check' | 'dependencies' | 'enforcement';

/** What must hold, and what to do where it does not. */
export interface Rule {
  /** What must hold, in a few words. */
  readonly title: string;
  /** What goes wrong where it does not hold, in whole sentences, for readers who do not know the metadata service. */
  readonly explanation: string;
  readonly fix: string;
  /** The AWS page that explains it. */
  readonly see: string;
  /** What a check makes of it; enforcement has done what it could, and warns. */
  readonly severity: Severity;
  /**
   * How bad it is for security where the rule is broken, as code scanning scores it, from 0.1 to 10: over 7 is high, over 4 medium.
   *
   * Without a score the rule is not about security: the template cannot be deployed, or something is replaced.
   */
  readonly securitySeverity?: number;
  readonly foundBy: FoundBy;
  /** Whether it is about tokens being required, or nobody being able to tell: who is exempt from it decided on that. */
  readonly isAboutTokens?: true;
  /** Why nothing can be exempted from it; where no reason is given, something can. */
  readonly neverExempt?: string;
  /** The well-known controls that ask for the same, or for some of it; most rules have none. */
  readonly controls?: readonly Control[];
}
