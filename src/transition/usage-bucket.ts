import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { KeptBucket } from './kept-bucket';

/**
 * A bucket for the records and the state of a monitor. Each run writes the last record and the state again, so they do not expire while the monitor
 * runs.
 */
export class UsageBucket extends KeptBucket {
  public constructor(scope: Construct, id: string) {
    super(scope, id, Duration.days(7));
  }
}

/** The place of a monitor's data of an account: records and state. */
export const USAGE_FOLDERS = ['usage', 'state'];

/** The key of the last record of an account. */
export function recordKeyOf(account: string): string {
  return `usage/${account}/latest.json`;
}
