import { HOP_LIMIT, LATER, instance, listOf, oneOf, orUnresolved } from '../model/kinds';
import type { Shape } from '../model/props';
import { shapeOf } from '../model/props';
import type { ImdsReport } from '../report/imds-report';
import type { SdkDependencies } from '../sdks/sdk-dependencies';
import type { ImdsUsage } from '../usage/imds-usage';
import { FailOn } from './fail-on';

/** Properties of a check: which findings fail the synthesis, which rules are off, which hop limits it accepts, and which reports it writes. */
export interface Imdsv2CheckProps {
  /**
   * Which findings fail the synthesis: those of this severity and above. The others are reported as warnings.
   *
   * @default FailOn.ERROR
   */
  readonly failOn?: FailOn;

  /**
   * Rules that are switched off in the whole scope. For a part of an app, acknowledge the rule there, or add an `ImdsExemption`.
   *
   * @default - none
   */
  readonly rulesOff?: RuleOff[];

  /**
   * The lowest hop limit that is accepted on container hosts, 1-64.
   *
   * @default - 2, or the `containerHopLimit` of `Imdsv2.enforce()` if that is lower
   */
  readonly containerHopLimit?: number;

  /**
   * The highest hop limit that is accepted, 1-64.
   *
   * @default - the maximum of `Imdsv2.enforce()`, without it 2; or `containerHopLimit` if that is higher
   */
  readonly maxHopLimit?: number;

  /**
   * The reports that are written into the cloud assembly.
   *
   * @default - none
   */
  readonly reports?: ImdsReport[];

  /**
   * The usage record of a monitor, which shows what still uses IMDSv1. The reports show it for each resource. It does not change findings.
   *
   * @default - the reports do not show it
   */
  readonly usage?: ImdsUsage;

  /**
   * The assets and folders to search for SDKs that are too old for IMDSv2.
   *
   * @default - nowhere
   */
  readonly sdks?: SdkDependencies[];

  /**
   * The date for which exemptions are evaluated, as `YYYY-MM-DD`.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
}

/** A rule that is switched off. */
export interface RuleOff {
  /** The id, such as `Imdsv2::HopLimitTooHigh`. */
  readonly rule: string;
  /** Why it is switched off. The reports show it. */
  readonly reason: string;
}

const OFF = shapeOf<RuleOff>({ rule: LATER, reason: LATER });

/** The accepted values of the properties. */
export const CHECKING: Shape<Imdsv2CheckProps> = {
  failOn: oneOf(FailOn),
  rulesOff: listOf(OFF),
  containerHopLimit: orUnresolved(HOP_LIMIT),
  maxHopLimit: HOP_LIMIT,
  reports: listOf(instance('an ImdsReport', value => '_reportOn' in value)),
  usage: instance('an ImdsUsage', value => '_index' in value),
  sdks: listOf(instance('an SdkDependencies', value => '_folder' in value)),
  today: LATER,
};
