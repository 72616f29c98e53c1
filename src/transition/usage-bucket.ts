import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { KeptBucket } from './kept-bucket';

/**
 * A bucket for the records of runs, and for what a run has to know of those before it. The last record and the state are written again by every run, so they
 * stay as long as somebody watches.
 */
export class UsageBucket extends KeptBucket {
  public constructor(scope: Construct, id: string) {
    super(scope, id, Duration.days(7));
  }
}

/** Where a monitor keeps what is of an account: records, and what it has to know the next time. */
export const USAGE_FOLDERS = ['usage', 'state'];

/** Where the last record of an account is. */
export function recordKeyOf(account: string): string {
  return `usage/${account}/latest.json`;
}
