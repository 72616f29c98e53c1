import type { App } from 'aws-cdk-lib';
import type { RuleId } from '../../src/policy/rules';

/** Code that breaks a rule, and code that keeps it. The pages of the documentation show both. */
export interface RuleCase {
  readonly id: RuleId;
  /** `check`: found by whatever reads the app. `asked`: by a check that the code itself asks for it. `enforce`: about enforcement, which the code itself calls. */
  readonly through: 'check' | 'asked' | 'enforce';
  /** The day on which it is checked, where that matters. */
  readonly today?: string;
  bad(app: App): void;
  good(app: App): void;
}
