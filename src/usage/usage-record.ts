/**
 * What a run of the usage collector found in one account: who still uses IMDSv1, what is ready to require IMDSv2, and how sure that is.
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

/** What was found in a Region. */
export interface RegionUsage {
  readonly region: string;
  /** From when on every hour was read, without a gap, until `watchedUntil`. Both are full hours. Left out where nothing was read yet. */
  readonly watchedSince?: string;
  readonly watchedUntil?: string;
  /** Why this run could not read the Region: what stands here is then what the run before it knew. */
  readonly error?: string;
  readonly launchers: readonly LauncherUsage[];
  /** Instances that called, and of which nobody could say what launched them. While one is here, nothing in the Region becomes ready. */
  readonly unattributed: readonly CallingInstance[];
  /**
   * How many are not named here: single instances of no stack among `launchers`, and instances of `unattributed`. It names 500 of each: of
   * the former those that run and call before others, of the latter those that called last. Left out where it names all.
   */
  readonly leftOut?: { readonly instances: number; readonly unattributed: number };
}

/** What launched instances, and how they use the metadata service. */
export interface LauncherUsage {
  readonly kind: LauncherKind;
  /** Its name: that of the group, the node group (`cluster/nodegroup`), the compute environment, the id of the fleet or of the single instance. */
  readonly name: string;
  /** The ECS or EKS cluster that its instances belong to. Left out where there is none. */
  readonly cluster?: string;
  readonly state: LauncherState;
  /** Why it is in this state, in words. */
  readonly because: string;
  /**
   * Whether what it launches next requires IMDSv2, as its newest running instance shows. Left out where it has none.
   * What required IMDSv2 once stays so by this, though an older instance of it still calls, or too little was seen of the new ones.
   */
  readonly launchesRequired?: boolean;
  /**
   * The resources of CloudFormation that it comes from: the group or the instance, and beside it the launch template, which another stack may have.
   * None where no stack has it.
   */
  readonly resources: readonly DeployedResource[];
  /** Whether CloudFormation could not yet be asked for all of these: it may come from any stack then. Left out where nothing is open. */
  readonly unresolved?: boolean;
  /** The launch templates and versions that its instances came from. */
  readonly launchTemplates: readonly { readonly id: string; readonly version: string }[];
  /** How many of its running instances are in each state. */
  readonly instances: { readonly [state in InstanceState]: number };
  /** How many IMDSv1 calls were answered in the hours that this run read. */
  readonly calls: number;
  /** How many IMDSv1 calls were refused in the hours that this run read. */
  readonly rejected: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** The hour of the last IMDSv1 call that was answered. Left out where none was seen. */
  readonly lastCallAt?: string;
  /** The hour of the last IMDSv1 call that was refused. Left out where none was seen. */
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
  /** How many calls in the hours that this run read, answered and refused ones. */
  readonly calls: number;
}

/** A resource of a stack, as it is deployed. */
export interface DeployedResource {
  /** The name of the stack; that of a nested stack begins with the names of its parent and of the resource that stands for it. */
  readonly stackName: string;
  readonly logicalId: string;
}

/** What launches instances. */
export type LauncherKind =
  | 'Auto Scaling group' | 'EKS node group' | 'Karpenter node pool' | 'Batch compute environment' | 'ECS capacity provider' | 'Elastic Beanstalk environment'
  | 'EMR cluster' | 'EC2 Fleet' | 'Spot Fleet' | 'launch template' | 'instance';

/**
 * `required`: all its instances require IMDSv2, and none was refused. `ready`: it may require it. `in use`: IMDSv1 was used within `quietDays`.
 * `broken`: IMDSv2 is required, and software that speaks IMDSv1 is refused. `unknown`: too little was seen.
 */
export type LauncherState = 'required' | 'ready' | 'in use' | 'broken' | 'unknown';

/**
 * `required`: it requires IMDSv2, or has no metadata service. `quiet`: IMDSv1 is allowed, and was not used within `quietDays`. `calling`: it was.
 * `unknown`: it published no metric of the metadata service.
 */
export type InstanceState = 'required' | 'quiet' | 'calling' | 'unknown';
