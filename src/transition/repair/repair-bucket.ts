import type { Stack } from 'aws-cdk-lib';
import { Duration, Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ConstructNote } from '../../model/construct-note';
import { KeptBucket } from '../kept-bucket';
import { isOther } from '../other-place';

/** A bucket for the plans, records and reports of runs. A run can be rolled back as long as they exist. */
export class RepairBucket extends KeptBucket {
  public constructor(scope: Construct, id: string) {
    super(scope, id, Duration.days(30));
  }
}

/** @throws Error if the bucket is in another account or Region, because Step Functions calls S3 in its own */
export function checkedBucket(bucket: IBucket | undefined, stack: Stack): IBucket | undefined {
  const other = bucket && (['account', 'region'] as const).find(part => isOther(bucket.env[part], stack[part]));
  if (other) { throw new Error(`bucket must be of the ${other} of the stack, ${stack[other]}, got '${bucket.node.path}' of ${bucket.env[other]}`); }
  return bucket;
}

/** The folders of all repairs of an app: the name of the bucket, or its path if the name is unknown, and the prefix. */
const FOLDERS = new ConstructNote<readonly string[]>('repair-folders');

/** @throws Error if another repair already uses the folder */
export function takeFolder(bucket: IBucket, folder: string): void {
  const place = `${Token.isUnresolved(bucket.bucketName) ? bucket.node.path : bucket.bucketName}/${folder}`;
  const taken = FOLDERS.of(bucket.node.root) ?? [];
  if (taken.includes(place)) {
    throw new Error(`bucket must be for one ImdsRepair of an account and Region, got '${bucket.node.path}', which another one has: give it a bucket of its own`);
  }
  FOLDERS.write(bucket.node.root, [...taken, place]);
}
