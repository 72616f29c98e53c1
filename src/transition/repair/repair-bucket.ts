import { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ConstructNote } from '../../model/construct-note';
import { KeptBucket } from '../kept-bucket';

/** A bucket for the plans, records and reports of runs: for as long as they stay, a run can be taken back. */
export class RepairBucket extends KeptBucket {
  public constructor(scope: Construct, id: string) {
    super(scope, id, Duration.days(30));
  }
}

/** The folders of a bucket that repairs keep their runs in. */
const FOLDERS = new ConstructNote<readonly string[]>('repair-folders');

/** @throws Error where another repair has the folder already */
export function takeFolder(bucket: IBucket, folder: string): void {
  const taken = FOLDERS.of(bucket) ?? [];
  if (taken.includes(folder)) {
    throw new Error(`bucket must be for one ImdsRepair of an account and Region, got '${bucket.node.path}', which another one has: give it a bucket of its own`);
  }
  FOLDERS.write(bucket, [...taken, folder]);
}
