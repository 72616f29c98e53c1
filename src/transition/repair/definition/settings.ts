/** A tag that an instance must have, with one of these values. Without values, any value matches. */
export interface WantedTag {
  readonly key: string;
  readonly values: readonly string[];
}

/** The end of a wave: a number of instances, or a percentage of all. */
export interface WaveStep {
  readonly count?: number;
  readonly percent?: number;
}

/** How to find the instances. */
export type Listing = 'tags' | 'all' | 'findings';

/** The settings of both state machines, which they pass to their child executions: the variable `$config`. */
export interface RollbackSettings {
  readonly bucket: string;
  /** The prefix of all keys: `repair/<account>/<region>/`. */
  readonly folder: string;
  readonly table: string;
  readonly account: string;
  readonly region: string;
  readonly callsPerSecond: number;
  readonly selection: readonly WantedTag[];
  /** The seconds without automatic runs after a run was stopped or rolled back. */
  readonly pauseSeconds: number;
}

/** More settings of the state machine for repairs. */
export interface RepairSettings extends RollbackSettings {
  readonly quietDays: number;
  /** The AWS Config rule with the findings. */
  readonly rule?: string;
  readonly waves: readonly WaveStep[];
  readonly maxRejectedCalls: number;
  /** The reaction to more refused calls: `stop`, `refused` or `all`. */
  readonly onRejected: string;
  /** The number of checks for refused calls after a wave, and the seconds before each check. */
  readonly looks: number;
  readonly lookAfter: number;
}

/** The inputs of the definition. */
export interface DefinitionProps {
  readonly settings: RepairSettings;
  readonly listing: Listing;
  /** The function that looks up instances in the record of a monitor. */
  readonly recordReaderArn?: string;
  /** The state machine that rolls back a run with too many refused calls, if this is enabled. */
  readonly rollbackArn?: string;
}
