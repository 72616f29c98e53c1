import type { LauncherState } from '../usage/usage-record';

/** How many launchers are in each state. */
export interface UsageTotals {
  readonly required: number;
  readonly ready: number;
  readonly inUse: number;
  readonly broken: number;
  readonly unknown: number;
  /** Those that may require IMDSv2 according to the records, but do not in the templates. */
  readonly mayTurnOver: number;
}

/** An account and Region in a usage record. */
export interface ReportedWatch {
  readonly account: string;
  readonly region: string;
  /** When the run of the collector ended. */
  readonly at: string;
  /** How many days without a call make a launcher ready. */
  readonly quietDays: number;
  /** Every hour from this time until `watchedUntil` was read. Left out if nothing was read yet. */
  readonly watchedSince?: string;
  readonly watchedUntil?: string;
  /** Why the run could not read the Region. */
  readonly error?: string;
}

/** Whether software on the instances of a resource still uses IMDSv1, according to usage records. */
export interface ReportedUsage {
  /** The worst state among its launchers. It is also `ready` if the Region was monitored and none of its instances was seen. */
  readonly state: LauncherState;
  /** Whether it may require IMDSv2, or keep requiring it. */
  readonly mayRequire: boolean;
  /** Why it is in this state, in words. */
  readonly because: string;
  /** Its launchers in the records. */
  readonly launchers: readonly ReportedLauncherUsage[];
  /** Why there is not enough data about what launches from it, in words. */
  readonly doubts: readonly string[];
}

/** A launcher in a usage record. */
export interface ReportedLauncherUsage {
  /** `Auto Scaling group`, `EKS node group`, `instance` and so on, as in the record. */
  readonly kind: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly state: LauncherState;
  readonly because: string;
  /** How many of its instances run. */
  readonly running: number;
  /** How many of these called IMDSv1 recently. */
  readonly calling: number;
  /** The hour of the last call that was answered, and of the last one that was refused. Left out where there was none. */
  readonly lastCallAt?: string;
  readonly lastRejectedAt?: string;
  /** The ids of the instances that called last, running or not. */
  readonly callers: readonly string[];
}
