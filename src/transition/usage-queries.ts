import type { LoggedLauncher, UsageEventDetail } from '../usage/published';
import type { LauncherState, LauncherUsage } from '../usage/usage-record';

type Field = keyof LoggedLauncher['launcher'];

/** The columns of a table: what each is called, and the field that it shows. */
export type Columns = { readonly [title: string]: Field };

/** Values that add up over runs, because each run reads other hours. Of other values, the latest counts. */
const COUNTED: readonly Field[] = ['calls', 'rejected'];

/** The columns that identify a launcher, which come first in a table. */
const KEY: readonly Field[] = ['region', 'kind', 'name'];

/**
 * The lines of a query of CloudWatch Logs Insights for the launchers that are in a state, as of the last run that saw them.
 *
 * @param state the state
 * @param columns what is shown of each besides its name
 * @param order the column by which they are sorted, and in which direction
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function launchersQuery(state: LauncherState, columns: Columns, order: string): string[] {
  const all: Columns = { ...columns, seen: 'lastSeenAt', state: 'state' };
  const values = Object.entries(all).map(([title, field]) => `${COUNTED.includes(field) ? 'sum' : 'latest'}(launcher.${field}) as ${title}`);
  return [
    'filter ispresent(launcher.state)',
    `stats ${values.join(', ')} by ${KEY.map(field => `launcher.${field} as ${field}`).join(', ')}`,
    `filter state = "${state}"`,
    `sort ${order}`,
    `display ${[...KEY, ...Object.keys(columns), 'seen'].join(', ')}`,
    `limit ${MOST_ROWS}`,
  ];
}

/** The lines of a query for the launchers whose state changed, the latest first, out of events that EventBridge wrote into a log: it says itself from which account one came. */
export function changesQuery(): string[] {
  const fields: readonly ('account' | `detail.${keyof UsageEventDetail}` | `detail.launcher.${keyof LauncherUsage}`)[] = [
    'account', 'detail.region', 'detail.launcher.kind', 'detail.launcher.name', 'detail.was', 'detail.launcher.state', 'detail.launcher.because',
  ];
  return [`fields @timestamp, ${fields.join(', ')}`, 'filter ispresent(detail.launcher.state)', 'sort @timestamp desc', `limit ${MOST_ROWS}`];
}

const MOST_ROWS = 200;
