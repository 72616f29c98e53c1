import type { CfnStackSet, Stack } from 'aws-cdk-lib';
import { Aws, CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnLink } from 'aws-cdk-lib/aws-oam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { only } from '../model/props';
import { ImdsRegions } from '../org/account-defaults/imds-regions';
import { checkKnown, refuseUnresolved } from '../org/stack-sets/check-known';
import { detachedTemplateBody } from '../org/stack-sets/detached-template';
import { USAGE_NAME } from '../usage/published';
import { Imdsv1UsageMonitor } from './imdsv1-usage-monitor';
import { MONITOR_OPTIONS } from './usage-monitor-options';
import type { Imdsv1UsageMonitorStackSetProps } from './usage-stack-set-props';

/** The place for the results of all accounts. The app has it as tokens, and the template as parameters. */
export interface UsageCenter {
  readonly Bucket: string;
  readonly EventBus: string;
  readonly AlarmTopic?: string;
  readonly Sink?: string;
  readonly SinkAccount?: string;
}

/**
 * The template of the stack that each account gets.
 *
 * @throws Error if the settings are not known at synthesis, or the template gets too long
 */
export function monitorTemplate(props: Imdsv1UsageMonitorStackSetProps, center: UsageCenter): string {
  const { regions = ImdsRegions.allEnabled(), schedule } = props;
  checkKnown('schedule', schedule?.expressionString);
  if (regions._areUnresolved) { refuseUnresolved('regions'); }
  return detachedTemplateBody(stack => {
    const parameters = Object.fromEntries(namesIn(center).map(name => [name, new CfnParameter(stack, name).valueAsString]));
    new Imdsv1UsageMonitor(stack, 'Monitor', {
      ...only(props, MONITOR_OPTIONS),
      regions,
      alarmTopicArn: parameters.AlarmTopic,
      bucket: Bucket.fromBucketName(stack, 'Records', parameters.Bucket),
      eventBus: EventBus.fromEventBusArn(stack, 'Events', parameters.EventBus),
    });
    if (center.Sink !== undefined) { link(stack, parameters.Sink, parameters.SinkAccount); }
  });
}

/** The values of the parameters of that template. */
export function parametersOf(center: UsageCenter): CfnStackSet.ParameterProperty[] {
  return namesIn(center).map(name => ({ parameterKey: name, parameterValue: center[name]! }));
}

function namesIn(center: UsageCenter): (keyof UsageCenter)[] {
  return (Object.keys(center) as (keyof UsageCenter)[]).filter(name => center[name] !== undefined);
}

/** Shares only the metrics of the monitor. The account of the sink cannot link to itself, and sees its own metrics without a link. */
function link(stack: Stack, sinkIdentifier: string, sinkAccount: string): void {
  const isElsewhere = new CfnCondition(stack, 'IsElsewhere', { expression: Fn.conditionNot(Fn.conditionEquals(Aws.ACCOUNT_ID, sinkAccount)) });
  const resource = new CfnLink(stack, 'Link', {
    labelTemplate: '$AccountName',
    resourceTypes: ['AWS::CloudWatch::Metric'],
    linkConfiguration: { metricConfiguration: { filter: `Namespace = '${USAGE_NAME}'` } },
    sinkIdentifier,
  });
  resource.cfnOptions.condition = isElsewhere;
}
