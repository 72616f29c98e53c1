import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { InlineFunction } from '../../functions/inline-function';
import { guardrailNameOf } from '../../org/guardrail-names';
import type { Imdsv1UsageMonitor } from '../imdsv1-usage-monitor';
import { recordKeyOf } from '../usage-bucket';
import { IMDSV1_RECORD_HANDLER } from './handler-code.generated';

/** The inputs of the record reader. */
export interface RecordReaderProps {
  readonly monitor: Imdsv1UsageMonitor;
  readonly runtime?: Runtime;
}

/**
 * The function that looks up instances in the record of a monitor.
 *
 * A state machine cannot do this: a record has megabytes, but a state can contain 256 KB. The function also uses the monitor's own rules to find the
 * launcher of an instance.
 */
export class RecordReader extends InlineFunction {
  public constructor(scope: Construct, id: string, { monitor: { bucket }, runtime }: RecordReaderProps) {
    const key = recordKeyOf(Stack.of(scope).account);
    super(scope, id, {
      description: 'Says which instances may require IMDSv2, by the record of their use of IMDSv1',
      code: IMDSV1_RECORD_HANDLER,
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(key)] }),
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
      ],
      timeout: Duration.minutes(1),
      memorySize: 512,
      rolePath: '/cdk-imdsv2/',
      runtime,
      environment: { BUCKET: bucket.bucketName, KEY: key },
    });
    bucket.encryptionKey?.grant(this.role, 'kms:Decrypt');
    const resource = this.function.node.defaultChild as CfnFunction;
    resource.functionName = guardrailNameOf(resource);
  }
}
