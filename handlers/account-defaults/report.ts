import { EventBridge } from '@aws-sdk/client-eventbridge';
import { publishMetrics } from '../cloudwatch/embedded-metrics';
import type { Context } from '../custom-resource/event';
import { eventually } from '../custom-resource/eventually';
import { inTime } from '../custom-resource/in-time';
import { eventBatches } from '../event-bridge/event-batches';
import type { Field } from './defaults';

/** A default that differs from the wanted value. */
export interface Drift {
  readonly region: string;
  readonly field: Field;
  readonly found: string;
  readonly wanted: string;

  /** Whether the found value is stronger than the wanted one. Then it is not corrected. */
  readonly stronger: boolean;
  readonly repaired: boolean;
}

/** The namespace of the metrics, and the source of the events. */
const NAME = 'cdk-imdsv2';

/** Publishes metrics for each check, and an event for each default that differs. */
export async function report(drifts: readonly Drift[], failures: ReadonlyMap<string, string>, context: Context): Promise<void> {
  console.log(drifts, failures);
  const dimensions = { FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME };
  publishMetrics(NAME, dimensions, { DriftedDefaults: drifts.length, UnreadRegions: failures.size });
  for (const batch of eventBatches(drifts)) { await send(batch, context); }
}

async function send(drifts: readonly Drift[], context: Context): Promise<void> {
  const Entries = drifts.map(drift => ({ Source: NAME, DetailType: 'IMDS Account Default Drift', Detail: JSON.stringify(drift) }));
  await eventually(async () => {
    const { FailedEntryCount, Entries: answers } = await new EventBridge({ maxAttempts: 5 }).putEvents({ Entries }, inTime(context));
    if (FailedEntryCount) { throw new Error(`events: ${answers?.find(({ ErrorMessage }) => ErrorMessage)?.ErrorMessage}`); }
  }, context);
}
