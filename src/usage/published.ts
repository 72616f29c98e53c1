import type { LauncherKind, LauncherState } from './usage-record';

/** The namespace of the collector's metrics, and the source of its events. */
export const USAGE_NAME = 'cdk-imdsv2';

/** What a run publishes for each Region, with the dimensions `Account` and `Region`. */
export type RegionMetric =
  | 'V1Calls' | 'RejectedCalls' | 'InstancesRequired' | 'InstancesQuiet' | 'InstancesCalling' | 'InstancesUnknown'
  | 'LaunchersReady' | 'LaunchersInUse' | 'LaunchersBroken' | 'LaunchersUnknown' | 'UnattributedCallers' | 'UnreadRegions';

/** What it publishes for the launchers that call most, with the dimension `Launcher` besides. */
export type LauncherMetric = 'V1Calls' | 'RejectedCalls' | 'DaysAtZero';

/** The events that tell of the new state of a launcher. */
export type UsageEvent = 'IMDSv1 In Use' | 'IMDSv1 Ready' | 'IMDSv1 Broken';

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
    /** The instances that called last, at most three, joined by spaces. */
    readonly callers?: string;
    readonly stack?: string;
    readonly logicalId?: string;
  };
}
