import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { LauncherState, LauncherUsage } from '../../src/usage/usage-record';

/** That a launcher came into another state. */
export interface Change {
  readonly account: string;
  readonly region: string;
  readonly launcher: LauncherUsage;
}

const SOURCE = 'cdk-imdsv2';

/** Which states are told to others, and as what. */
const TOLD: { readonly [state in LauncherState]?: string } = { 'in use': 'IMDSv1 In Use', 'ready': 'IMDSv1 Ready', 'broken': 'IMDSv1 Broken' };

/** How many events EventBridge takes at once. */
const MOST_EVENTS = 10;

/** Sends an event for each change that others want to know. Returns those that EventBridge did not take. */
export async function tell(eventBridge: Pick<EventBridge, 'putEvents'>, EventBusName: string | undefined, changes: readonly Change[]): Promise<Change[]> {
  const told = changes.filter(({ launcher }) => launcher.state in TOLD);
  const left: Change[] = [];
  for (let from = 0; from < told.length; from += MOST_EVENTS) {
    const batch = told.slice(from, from + MOST_EVENTS);
    const Entries = batch.map(change => ({ Source: SOURCE, DetailType: TOLD[change.launcher.state], Detail: JSON.stringify(change), EventBusName }));
    const { Entries: answers = [] } = await eventBridge.putEvents({ Entries }).catch(() => ({ Entries: batch.map(() => ({ ErrorCode: 'Refused' })) }));
    left.push(...batch.filter((_, index) => answers[index]?.ErrorCode));
  }
  return left;
}
