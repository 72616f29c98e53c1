import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** How long an object stays after it was written. */
const KEPT = Duration.days(365);

/** A bucket for what decisions were made by. It outlives its stack, and nobody reaches it in plain text or from outside. */
export class KeptBucket extends Bucket {
  /** @param former how long an object stays that was written over, for whoever asks what was there */
  public constructor(scope: Construct, id: string, former: Duration) {
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [{ expiration: KEPT, noncurrentVersionExpiration: former, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
