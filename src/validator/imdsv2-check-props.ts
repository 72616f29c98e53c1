import type { ImdsReport } from '../report/imds-report';
import type { FailOn } from './fail-on';

/** What a check fails on, what it leaves out, what it asks for, and what it writes. */
export interface Imdsv2CheckProps {
  /**
   * What fails the synthesis: findings of this severity and above. What does not fail is reported as a warning.
   *
   * @default FailOn.ERROR
   */
  readonly failOn?: FailOn;

  /**
   * Rules that are switched off altogether. For a part of an app, acknowledge the rule there, or add an `ImdsExemption`.
   *
   * @default - none
   */
  readonly rulesOff?: RuleOff[];

  /**
   * The least hop limit of container hosts, 1-64.
   *
   * @default - 2 is the least that is accepted; where `Imdsv2.enforce()` says otherwise, that
   */
  readonly containerHopLimit?: number;

  /**
   * The highest hop limit that is accepted, 1-64.
   *
   * @default - what `Imdsv2.enforce()` says of the resource; without it 2, or `containerHopLimit` where that is more
   */
  readonly maxHopLimit?: number;

  /**
   * The reports that are written into the cloud assembly.
   *
   * @default - none
   */
  readonly reports?: ImdsReport[];

  /**
   * The day that exemptions are held against, as `YYYY-MM-DD`.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
}

/** A rule that is switched off. */
export interface RuleOff {
  /** The id, such as `Imdsv2::HopLimitTooHigh`. */
  readonly rule: string;
  /** Why it is. It stands in the reports. */
  readonly reason: string;
}
