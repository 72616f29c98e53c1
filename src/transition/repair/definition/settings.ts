/** A tag that an instance has to have, with one of the values; with any where none is given. */
export interface WantedTag {
  readonly key: string;
  readonly values: readonly string[];
}

/** How far a wave goes: up to so many instances, or to so many percent of all. */
export interface WaveStep {
  readonly count?: number;
  readonly percent?: number;
}

/** How instances are found. */
export type Listing = 'tags' | 'all' | 'findings';

/** What both state machines know from their construct, and hand to their children: the variable `$config`. */
export interface RollbackSettings {
  readonly bucket: string;
  /** What the keys of all objects begin with: `repair/<account>/<region>/`. */
  readonly folder: string;
  readonly table: string;
  readonly account: string;
  readonly region: string;
  readonly callsPerSecond: number;
  readonly selection: readonly WantedTag[];
  /** For how many seconds no run begins by itself after one was stopped or taken back. */
  readonly pauseSeconds: number;
}

/** What the one that repairs knows besides. */
export interface RepairSettings extends RollbackSettings {
  readonly quietDays: number;
  /** The rule of AWS Config whose findings are taken. */
  readonly rule?: string;
  readonly waves: readonly WaveStep[];
  readonly maxRejectedCalls: number;
  /** What happens beyond that: `stop`, `refused` or `all`. */
  readonly onRejected: string;
  /** How often it looks for rejected calls after a wave, and how many seconds before each look. */
  readonly looks: number;
  readonly lookAfter: number;
}

/** What the definition is made by. */
export interface DefinitionProps {
  readonly settings: RepairSettings;
  readonly listing: Listing;
  /** The function that looks instances up in the record of a monitor. */
  readonly recordReaderArn?: string;
  /** The state machine that takes a run back which has too many calls refused, if that is to be. */
  readonly rollbackArn?: string;
}
