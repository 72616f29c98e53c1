import { Duration, Stack, Token } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { InlineFunction } from '../functions/inline-function';
import { joinedRegions } from '../org/account-defaults/function-settings';
import { guardrailNameOf } from '../org/guardrail-names';
import { USAGE_NAME } from '../usage/published';
import { COLLECTOR_ACTIONS, COLLECTOR_BUCKET_ACTIONS, COLLECTOR_BUS_ACTIONS, COLLECTOR_OBJECT_ACTIONS } from './collector-actions';
import { IMDSV1_USAGE_HANDLER } from './handler-code.generated';
import { USAGE_FOLDERS } from './usage-bucket';

/** The input and the output of the function. */
export interface UsageCollectorProps {
  /** The Regions, or `undefined` for every Region. */
  readonly regions: readonly string[] | undefined;
  readonly quietDays: number;
  readonly bucket: IBucket;
  /** The bus for events. The default is that of the account. */
  readonly eventBus?: IEventBus;
  readonly runtime?: Runtime;
}

/** The function that finds out what still uses IMDSv1. It changes no instance and no account: it only reads, and writes its results. */
export class UsageCollector extends InlineFunction {
  public constructor(scope: Construct, id: string, props: UsageCollectorProps) {
    const { regions, quietDays, bucket, eventBus, runtime } = props;
    super(scope, id, {
      description: 'Finds out who still uses IMDSv1, and who may require IMDSv2',
      code: IMDSV1_USAGE_HANDLER,
      statements: [toRead(regions), ...toKeep(scope, bucket), toSendEvents(scope, eventBus)],
      timeout: Duration.minutes(15),
      memorySize: 1024,
      rolePath: ROLE_PATH,
      runtime,
      environment: {
        REGIONS: regions === undefined ? '*' : joinedRegions(regions),
        QUIET_DAYS: String(quietDays),
        BUCKET: bucket.bucketName,
        ...eventBus && { EVENT_BUS: eventBus.eventBusArn },
      },
    });
    bucket.encryptionKey?.grant(this.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    const resource = this.function.node.defaultChild as CfnFunction;
    resource.functionName = guardrailNameOf(resource);
  }
}

/** These actions cannot be limited to a resource, but to the Regions, if they are known at synthesis. Named Regions need no lookup. */
function toRead(regions: readonly string[] | undefined): PolicyStatement {
  const isKnown = regions !== undefined && !Token.isUnresolved(regions);
  return new PolicyStatement({
    actions: COLLECTOR_ACTIONS.filter(action => regions === undefined || action !== 'ec2:DescribeRegions'),
    resources: ['*'],
    conditions: isKnown ? { StringEquals: { 'aws:RequestedRegion': [...regions] } } : undefined,
  });
}

/** It reads and writes only the data of its own account. Without the list permission, S3 reports a missing object as denied. */
function toKeep(scope: Construct, bucket: IBucket): PolicyStatement[] {
  const { account } = Stack.of(scope);
  const objects = USAGE_FOLDERS.map(folder => bucket.arnForObjects(`${folder}/${account}/*`));
  return [
    new PolicyStatement({ actions: [...COLLECTOR_OBJECT_ACTIONS], resources: objects }),
    new PolicyStatement({ actions: [...COLLECTOR_BUCKET_ACTIONS], resources: [bucket.bucketArn] }),
  ];
}

function toSendEvents(scope: Construct, eventBus: IEventBus | undefined): PolicyStatement {
  return new PolicyStatement({
    actions: [...COLLECTOR_BUS_ACTIONS],
    resources: [eventBus?.eventBusArn ?? Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
    conditions: { StringEquals: { 'events:source': USAGE_NAME } },
  });
}

/** The path in `ImdsAccountDefaults.ROLE_ARN_PATTERN`, by which policies can name the role. */
const ROLE_PATH = '/cdk-imdsv2/';
