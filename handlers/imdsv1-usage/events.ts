import type { EventBridge } from '@aws-sdk/client-eventbridge';
import { USAGE_NAME, type UsageEvent, type UsageEventDetail } from '../../src/usage/published';
import type { LauncherState } from '../../src/usage/usage-record';
import { eventBatches } from '../event-bridge/event-batches';

/** The states that are sent as events, with their event names. */
const EVENT_NAMES: { readonly [state in LauncherState]?: UsageEvent } = { 'in use': 'IMDSv1 In Use', 'ready': 'IMDSv1 Ready', 'broken': 'IMDSv1 Broken' };

/** Sends an event for each change to one of these states. Returns the changes that EventBridge did not accept. */
export async function sendEvents(
  eventBridge: Pick<EventBridge, 'putEvents'>, EventBusName: string | undefined, changes: readonly UsageEventDetail[],
): Promise<UsageEventDetail[]> {
  const sendable = changes.filter(({ launcher }) => launcher.state in EVENT_NAMES);
  const left: UsageEventDetail[] = [];
  for (const batch of eventBatches(sendable)) {
    const Entries = batch.map(change =>
      ({ Source: USAGE_NAME, DetailType: EVENT_NAMES[change.launcher.state], Detail: JSON.stringify(change), EventBusName }));
    const { Entries: answers = [] } = await eventBridge.putEvents({ Entries }).catch(() => ({ Entries: batch.map(() => ({ ErrorCode: 'Refused' })) }));
    left.push(...batch.filter((_, index) => answers[index]?.ErrorCode));
  }
  return left;
}
