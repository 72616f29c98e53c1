import type { LauncherKind } from '../model/launcher-kinds';

/**
 * The result of a run of the usage collector in one account: which launchers still use IMDSv1, which are ready to require IMDSv2, and the data behind it.
 *
 * `schema/imdsv1-usage.schema.json` describes it. All times are UTC, ISO 8601 without fractions of seconds: `2026-11-30T03:00:00Z`.
 */
export interface UsageRecord {
  /** The version of this format: the second number increases with every addition, the first with every breaking change. */
  readonly schemaVersion: '1.0';
  readonly account: string;
  /** When the run ended. */
  readonly at: string;
  /** How many days without a call make a launcher ready. */
  readonly quietDays: number;
  readonly regions: readonly RegionUsage[];
}

/** The results for a Region. */
export interface RegionUsage {
  readonly region: string;
  /** Every hour from this time until `watchedUntil` was read, without a gap. Both are full hours. Left out if nothing was read yet. */
  readonly watchedSince?: string;
  readonly watchedUntil?: string;
  /** Why this run could not read the Region. The data is then from the previous run. */
  readonly error?: string;
  readonly launchers: readonly LauncherUsage[];
  /** Instances that used IMDSv1 and have an unknown launcher. While the list has an entry, no launcher in the Region becomes ready. */
  readonly unattributed: readonly CallingInstance[];
  /**
   * How many are not in these lists: single instances without a stack in `launchers`, and instances in `unattributed`. Each list has at most 500: of
   * the former, running and calling instances come first, of the latter those that called last. Left out if the lists are complete.
   */
  readonly leftOut?: { readonly instances: number; readonly unattributed: number };
}

/** What launched instances, and how these instances use the metadata service. */
export interface LauncherUsage {
  readonly kind: LauncherKind;
  /** The name of the group, the node group (`cluster/nodegroup`) or the compute environment, or the id of the fleet or the single instance. */
  readonly name: string;
  /** The ECS or EKS cluster of its instances. Left out if there is none. */
  readonly cluster?: string;
  readonly state: LauncherState;
  /** Why it is in this state, in words. */
  readonly because: string;
  /**
   * Whether the next instance that it launches requires IMDSv2, according to its newest running instance. Left out if no instance runs.
   * If this is `true`, a launcher that requires IMDSv2 can continue to, although an older instance still calls or there is not enough data about the new ones.
   */
  readonly launchesRequired?: boolean;
  /**
   * The CloudFormation resources that define it: the group or the instance, and the launch template, which can be in another stack.
   * Empty if it is in no stack.
   */
  readonly resources: readonly DeployedResource[];
  /** Whether CloudFormation has not yet returned all of these resources. Then it can be in any stack. Left out if they are complete. */
  readonly unresolved?: boolean;
  /** The launch templates and versions that launched its instances. */
  readonly launchTemplates: readonly { readonly id: string; readonly version: string }[];
  /** How many of its running instances are in each state. */
  readonly instances: { readonly [state in InstanceState]: number };
  /** How many IMDSv1 calls were answered in the hours that this run read. */
  readonly calls: number;
  /** How many IMDSv1 calls were refused in the hours that this run read. */
  readonly rejected: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** The hour of the last IMDSv1 call that was answered. Left out if there is none. */
  readonly lastCallAt?: string;
  /** The hour of the last IMDSv1 call that was refused. Left out if there is none. */
  readonly lastRejectedAt?: string;
  /** On how many different days of the last `quietDays` its instances were seen running. */
  readonly daysSeen: number;
  /** The instances that called last, running or not, the latest first: 10 at most. */
  readonly callers: readonly CallingInstance[];
}

/** An instance that made IMDSv1 calls. */
export interface CallingInstance {
  readonly instanceId: string;
  readonly lastCallAt: string;
  /** The number of answered and refused calls in the hours that this run read. */
  readonly calls: number;
}

/** A resource of a deployed stack. */
export interface DeployedResource {
  /** The name of the stack. The name of a nested stack begins with the names of its parent stack and of its resource in the parent stack. */
  readonly stackName: string;
  readonly logicalId: string;
}

/**
 * `required`: all its instances require IMDSv2, and no call was refused. `ready`: it can require IMDSv2. `in use`: IMDSv1 was used within `quietDays`.
 * `broken`: IMDSv2 is required, but software still calls IMDSv1. `unknown`: there is not enough data.
 */
export type LauncherState = 'required' | 'ready' | 'in use' | 'broken' | 'unknown';

/**
 * `required`: it requires IMDSv2, or its metadata service is off. `quiet`: IMDSv1 is allowed and was not used within `quietDays`. `calling`: IMDSv1 was used.
 * `unknown`: it published no IMDS metrics.
 */
export type InstanceState = 'required' | 'quiet' | 'calling' | 'unknown';
