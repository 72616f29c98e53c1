import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** How long the records of runs stay. The last record and the state are written again by every run, so they stay as long as somebody watches. */
const HISTORY = Duration.days(365);

/** How long a record or a state that was written over stays, for whoever asks what was there. */
const FORMER = Duration.days(7);

/** A bucket for the records of runs, and for what a run has to know of those before it. It outlives its stack: it may be what a change was decided by. */
export class UsageBucket extends Bucket {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [{ expiration: HISTORY, noncurrentVersionExpiration: FORMER, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

/** Where a monitor keeps what is of an account: records, and what it has to know the next time. */
export const USAGE_FOLDERS = ['usage', 'state'];

/** Where the last record of an account is. */
export function recordKeyOf(account: string): string {
  return `usage/${account}/latest.json`;
}
