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
  /** The path of the role that writes the rules, so that policies can identify it. */
  readonly rolePath: string;
  readonly runtime?: Runtime;
}

/**
 * A bucket whose rules come from the template, without an asset and without anything from another account or Region.
 *
 * The bucket keeps every version of the rules, so a hook finds its version during an update and after a rollback. Other rules are another resource,
 * so a rollback needs no request to restore the former ones. A function deletes the bucket with the stack, because CloudFormation cannot delete a
 * bucket that is not empty. It would fail, also in the rollback of a creation.
 */
export class RulesBucket extends Construct {
  public readonly bucket: Bucket;
  public readonly key = 'imdsv2.guard';

  /** The version of the object with the rules. */
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
    this.bucket.policy!.node.addDependency(removal); // the policy is deleted before the bucket
    const hash = hashOf(rules);
    const version = new CustomResource(this, `Version ${hash}`, { ...byWriter, resourceType: 'Custom::ImdsGuardRules', properties: { Rules: hash } });
    version.node.addDependency(removal); // a hook that uses the version is deleted before the bucket
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

/** The timeout of the function. */
const TIMEOUT = Duration.minutes(5);
