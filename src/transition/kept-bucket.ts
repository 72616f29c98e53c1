import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** How long an object is kept. */
const KEPT = Duration.days(365);

/** A bucket for the data behind decisions. It is kept when the stack is deleted, and has no public or unencrypted access. */
export class KeptBucket extends Bucket {
  /** @param former how long an overwritten object is kept */
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
