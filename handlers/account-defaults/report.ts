import { EventBridge } from '@aws-sdk/client-eventbridge';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import type { Field } from './defaults';

/** A default that is not as wanted. */
export interface Drift {
  readonly region: string;
  readonly field: Field;
  readonly found: string;
  readonly wanted: string;

  /** Whether what was found leaves less open than what is wanted: then it is not repaired. */
  readonly stronger: boolean;
  readonly repaired: boolean;
}

/** The namespace of the metrics, and the source of the events. */
const NAME = 'cdk-imdsv2';

/** How many events EventBridge takes at once. */
const MOST_EVENTS = 10;

/** Reports what was found: metrics each time, and an event for each default that is not as wanted. */
export async function report(drifts: readonly Drift[], failures: ReadonlyMap<string, string>, context: Context): Promise<void> {
  console.log(drifts, failures);
  process.stdout.write(`${JSON.stringify(metrics({ DriftedDefaults: drifts.length, UnreadRegions: failures.size }))}\n`);
  for (let from = 0; from < drifts.length; from += MOST_EVENTS) { await send(drifts.slice(from, from + MOST_EVENTS), context); }
}

/**
 * Metrics in the form in which CloudWatch takes them from a log: that needs no right, and no call that could fail.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
function metrics(values: { readonly [name: string]: number }): object {
  const Metrics = Object.keys(values).map(Name => ({ Name, Unit: 'Count' }));
  return {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: NAME, Dimensions: [['FunctionName']], Metrics }] },
    FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    ...values,
  };
}

async function send(drifts: readonly Drift[], context: Context): Promise<void> {
  const Entries = drifts.map(drift => ({ Source: NAME, DetailType: 'IMDS Account Default Drift', Detail: JSON.stringify(drift) }));
  await eventually(async () => {
    const { FailedEntryCount, Entries: answers } = await new EventBridge({ maxAttempts: 5 }).putEvents({ Entries }, inTime(context));
    if (FailedEntryCount) { throw new Error(`events: ${answers?.find(({ ErrorMessage }) => ErrorMessage)?.ErrorMessage}`); }
  }, context);
}
