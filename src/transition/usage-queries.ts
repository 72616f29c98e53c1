import type { LoggedLauncher, UsageEventDetail } from '../usage/published';
import type { LauncherState, LauncherUsage } from '../usage/usage-record';

type Field = keyof LoggedLauncher['launcher'];

/** The columns of a table: their titles, and the fields that they show. */
export type Columns = { readonly [title: string]: Field };

/** Values that add up over runs, because each run reads other hours. Of other values, the latest counts. */
const COUNTED: readonly Field[] = ['calls', 'rejected'];

/** The columns that identify a launcher, which come first in a table. */
const KEY: readonly Field[] = ['region', 'kind', 'name'];

/**
 * The lines of a CloudWatch Logs Insights query for the launchers in a state, according to the last run that saw them.
 *
 * @param state the state
 * @param columns the columns after the name
 * @param order the column to sort by, and the direction
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

/**
 * The lines of a query for launchers whose state changed, the latest first. It reads events that EventBridge wrote into a log. EventBridge adds the
 * account.
 */
export function changesQuery(): string[] {
  const fields: readonly ('account' | `detail.${keyof UsageEventDetail}` | `detail.launcher.${keyof LauncherUsage}`)[] = [
    'account', 'detail.region', 'detail.launcher.kind', 'detail.launcher.name', 'detail.was', 'detail.launcher.state', 'detail.launcher.because',
  ];
  return [`fields @timestamp, ${fields.join(', ')}`, 'filter ispresent(detail.launcher.state)', 'sort @timestamp desc', `limit ${MOST_ROWS}`];
}

const MOST_ROWS = 200;
