import { Aws, CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { InlineFunction } from '../../functions/inline-function';
import { serviceTimeoutFor } from '../../functions/service-timeout';
import { functionNameOf, hashOf } from '../account-defaults/function-name';
import { GUARD_RULES_HANDLER } from './handler-code.generated';
import { packed } from './packed-rules';

/** What the bucket is made for. */
export interface RulesBucketProps {
  /** The text of the rules. */
  readonly rules: string;
  /** The path of the role that writes them, by which policies can name it. */
  readonly rolePath: string;
  readonly runtime?: Runtime;
}

/**
 * A bucket with rules that come out of the template: no asset, and nothing from another account or Region.
 *
 * Every version stays until the bucket goes, so that a hook finds the one that it points at while it is updated, and after a rollback. The bucket goes with
 * the rules, which its function sees to: a stack could not delete it with something in it, and would be stuck.
 */
export class RulesBucket extends Construct {
  public readonly bucket: Bucket;
  public readonly key = 'imdsv2.guard';

  /** The version that has the rules. */
  public readonly version: string;

  public constructor(scope: Construct, id: string, { rules, rolePath, runtime }: RulesBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const writer = this.addWriter(rules, rolePath, runtime);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::ImdsGuardRules',
      serviceToken: writer.function.functionArn,
      serviceTimeout: serviceTimeoutFor(TIMEOUT),
      properties: { Rules: hashOf(rules) }, // other rules are an update
    });
    this.bucket.policy!.node.addDependency(resource); // it goes first
    this.version = resource.getAttString('VersionId');
  }

  private addWriter(rules: string, rolePath: string, runtime?: Runtime): InlineFunction {
    const writer = new InlineFunction(this, 'Writer', {
      description: 'Writes the rules of a Guard hook that requires IMDSv2',
      code: `const GUARD_RULES="${packed(rules)}";${GUARD_RULES_HANDLER}`,
      statements: [
        new PolicyStatement({ actions: ['s3:PutObject', 's3:DeleteObjectVersion'], resources: [this.bucket.arnForObjects(this.key)] }),
        new PolicyStatement({ actions: ['s3:ListBucketVersions', 's3:DeleteBucket'], resources: [this.bucket.bucketArn] }),
        new PolicyStatement({ actions: ['cloudformation:DescribeStackResource'], resources: [Aws.STACK_ID] }),
      ],
      timeout: TIMEOUT,
      rolePath,
      runtime,
      environment: { BUCKET: this.bucket.bucketName, KEY: this.key },
    });
    const resource = writer.function.node.defaultChild as CfnFunction;
    resource.functionName = functionNameOf(resource);
    return writer;
  }
}

/** How long the function may run. */
const TIMEOUT = Duration.minutes(5);
