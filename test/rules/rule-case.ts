import type { App } from 'aws-cdk-lib';
import type { RuleId } from '../../src/policy/rules';

/** Code that violates a rule, and code that complies. The pages of the documentation show both. */
export interface RuleCase {
  readonly id: RuleId;
  /**
   * `check`: found by everything that reads the app. `asked`: by a check that the code itself adds. `enforce`: about enforcement, which the code
   * itself calls.
   */
  readonly through: 'check' | 'asked' | 'enforce';
  /** The day of the check, if it matters. */
  readonly today?: string;
  bad(app: App): void;
  good(app: App): void;
}
