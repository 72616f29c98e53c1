import type { App } from 'aws-cdk-lib';
import type { RequirementId } from '../../src/policy/requirements';

/** Code that a requirement does not hold for, and code that it holds for. The pages of the documentation show both. */
export interface RuleCase {
  readonly id: RequirementId;
  /** `check`: found by whatever reads the app. `enforce`: about enforcement, which the code itself calls. */
  readonly through: 'check' | 'enforce';
  /** The day on which it is checked, where that matters. */
  readonly today?: string;
  bad(app: App): void;
  good(app: App): void;
}
