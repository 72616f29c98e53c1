import { Aws, CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { InlineFunction } from '../../functions/inline-function';
import { serviceTimeoutFor } from '../../functions/service-timeout';
import { guardrailNameOf, hashOf } from '../guardrail-names';
import { GUARD_RULES_HANDLER } from './handler-code.generated';
import { packed } from './packed-rules';

/** The inputs of the bucket. */
export interface RulesBucketProps {
  /** The text of the rules. */
  readonly rules: string;
  /** The path of the role that writes them, by which policies can name it. */
  readonly rolePath: string;
  readonly runtime?: Runtime;
}

/**
 * A bucket with rules from the template: no asset, and nothing from another account or Region.
 *
 * Every version stays as long as the bucket, so that a hook finds its version during an update and after a rollback. Other rules are another
 * resource: a rollback then restores the former one without a request. A function deletes the bucket with the stack. CloudFormation cannot delete a
 * bucket that is not empty, and would get stuck, also in the rollback of a creation.
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
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const writer = this.addWriter(rules, rolePath, runtime);
    const byWriter = { serviceToken: writer.function.functionArn, serviceTimeout: serviceTimeoutFor(TIMEOUT) };
    const removal = new CustomResource(this, 'Removal', { ...byWriter, resourceType: 'Custom::ImdsGuardRulesBucket' });
    this.bucket.policy!.node.addDependency(removal); // it goes first
    const hash = hashOf(rules);
    const version = new CustomResource(this, `Version ${hash}`, { ...byWriter, resourceType: 'Custom::ImdsGuardRules', properties: { Rules: hash } });
    version.node.addDependency(removal); // a hook that uses it goes first
    this.version = version.getAttString('VersionId');
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
    resource.functionName = guardrailNameOf(resource);
    return writer;
  }
}

/** How long the function may run. */
const TIMEOUT = Duration.minutes(5);
