import type { LauncherKind } from '../model/launcher-kinds';
import type { LauncherState, LauncherUsage } from './usage-record';

/** The namespace of the collector's metrics, and the source of its events. */
export const USAGE_NAME = 'cdk-imdsv2';

/**
 * The metrics that a run publishes once for all its Regions, only with the dimension `Account`, for alarms. `UnreadRegions` is published after every
 * run, also as 0. The others are published after each run that read new hours, so an early run does not end an alarm.
 *
 * `ReturnedLaunchers` are launchers that were ready or required in the run before, and now use IMDSv1 or have refused calls.
 */
export type AccountMetric = 'RejectedCalls' | 'UnreadRegions' | 'ReturnedLaunchers';

/**
 * The metrics for each Region, with the dimensions `Account` and `Region`. CloudWatch charges each by the hour, so a Region without launchers and
 * without unattributed callers has none.
 */
export type RegionMetric =
  | 'V1Calls' | 'RejectedCalls' | 'InstancesRequired' | 'InstancesQuiet' | 'InstancesCalling' | 'InstancesUnknown'
  | 'LaunchersReady' | 'LaunchersInUse' | 'LaunchersBroken' | 'LaunchersUnknown' | 'UnattributedCallers';

/** The metrics for the launchers with the most calls, with the additional dimension `Launcher`. */
export type LauncherMetric = 'V1Calls' | 'RejectedCalls' | 'DaysAtZero';

/** The events for the new state of a launcher. */
export type UsageEvent = 'IMDSv1 In Use' | 'IMDSv1 Ready' | 'IMDSv1 Broken';

/** The detail of such an event. */
export interface UsageEventDetail {
  readonly account: string;
  readonly region: string;
  /** The state as of the run before. Left out for a launcher that is new. */
  readonly was?: LauncherState;
  readonly launcher: LauncherUsage;
}

/** The line that a run writes into its log for each launcher. The queries of the dashboard read these fields. */
export interface LoggedLauncher {
  readonly launcher: {
    readonly account: string;
    readonly region: string;
    readonly kind: LauncherKind;
    readonly name: string;
    readonly state: LauncherState;
    readonly because: string;
    /** How many of its instances run. */
    readonly running: number;
    /** How many IMDSv1 calls were answered in the hours that the run read. */
    readonly calls: number;
    /** How many were refused. */
    readonly rejected: number;
    readonly lastCallAt?: string;
    readonly lastRejectedAt?: string;
    readonly lastSeenAt: string;
    /** The number of full days without an answered call, as far as the Region was monitored. */
    readonly daysAtZero: number;
    /** On how many different days of the last `quietDays` its instances were seen running. */
    readonly daysSeen: number;
    /** The instances that called last, at most three, joined by spaces. */
    readonly callers?: string;
    readonly stack?: string;
    readonly logicalId?: string;
  };
}
