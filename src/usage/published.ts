import type { LauncherKind, LauncherState, LauncherUsage } from './usage-record';

/** The namespace of the collector's metrics, and the source of its events. */
export const USAGE_NAME = 'cdk-imdsv2';

/**
 * What a run publishes once for all its Regions, with the dimension `Account` alone: alarms are on these. `UnreadRegions` is there after every run, also as 0;
 * the others are after each that had hours to read: one that comes early does not end an alarm.
 *
 * `ReturnedLaunchers` are those that use IMDSv1 again, or are refused, and were ready or required as of the run before.
 */
export type AccountMetric = 'RejectedCalls' | 'UnreadRegions' | 'ReturnedLaunchers';

/**
 * What it publishes for each Region, with the dimensions `Account` and `Region`. CloudWatch charges each by the hour: a Region without launchers and
 * without unattributed callers gets none.
 */
export type RegionMetric =
  | 'V1Calls' | 'RejectedCalls' | 'InstancesRequired' | 'InstancesQuiet' | 'InstancesCalling' | 'InstancesUnknown'
  | 'LaunchersReady' | 'LaunchersInUse' | 'LaunchersBroken' | 'LaunchersUnknown' | 'UnattributedCallers';

/** What it publishes for the launchers that call most, with the dimension `Launcher` besides. */
export type LauncherMetric = 'V1Calls' | 'RejectedCalls' | 'DaysAtZero';

/** The events that tell of the new state of a launcher. */
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
    /** For how many whole days no call was answered, as far as it was watched. */
    readonly daysAtZero: number;
    /** On how many different days of the last `quietDays` its instances were seen running. */
    readonly daysSeen: number;
    /** The instances that called last, at most three, joined by spaces. */
    readonly callers?: string;
    readonly stack?: string;
    readonly logicalId?: string;
  };
}
