import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { USAGE_NAME } from '../usage/published';
import type { AccountMetric, LauncherMetric, RegionMetric } from '../usage/published';

/** How to combine the values of an hour, which can have several runs: calls are added, other values are not. */
type Statistic = 'Sum' | 'Maximum' | 'Minimum';

/** The accounts on a dashboard: one account, or all that are visible in it. */
export type Accounts = string | 'all';

/** Colors by meaning. */
export interface Look {
  readonly label: string;
  readonly color: string;
}

/** How often a monitor runs. */
const HOUR = Duration.hours(1);

/** The maximum number of lines that people can distinguish. */
const MOST_LINES = 20;

/** A line for each Region, or for each account and Region. */
export function byRegion(metric: RegionMetric, statistic: Statistic, accounts: Accounts): MathExpression {
  return lines(search(['Account', 'Region'], metric, statistic, accounts), accounts === 'all' ? [FROM_ACCOUNT, dimension('Region')] : [dimension('Region')]);
}

/** A line for each launcher with the metric. */
export function byLauncher(metric: LauncherMetric, statistic: Statistic, accounts: Accounts): MathExpression {
  return lines(search(['Account', 'Region', 'Launcher'], metric, statistic, accounts), accounts === 'all' ? [FROM_ACCOUNT, dimension('Launcher')] : [dimension('Launcher')]);
}

/** One line for all Regions together. */
export function ofRegions(metric: RegionMetric, accounts: Accounts, look: Look): MathExpression {
  return one(search(['Account', 'Region'], metric, 'Maximum', accounts), look);
}

/** One line from the metrics of a whole account. */
export function ofAccounts(metric: AccountMetric, accounts: Accounts, look: Look): MathExpression {
  return one(search(['Account'], metric, 'Maximum', accounts), look);
}

function one(searched: string, { label, color }: Look): MathExpression {
  return new MathExpression({ expression: `SUM(${searched})`, usingMetrics: {}, label, color, period: HOUR });
}

function lines(searched: string, labels: readonly string[]): MathExpression {
  const expression = `SLICE(SORT(${searched}, MAX, DESC), 0, ${MOST_LINES})`;
  return new MathExpression({ expression, usingMetrics: {}, label: labels.join(' '), period: HOUR });
}

/**
 * The account of a metric. Its dimension can have any value that the writer chose.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
 */
const FROM_ACCOUNT = '${PROP(\'AccountId\')}';

function dimension(name: 'Region' | 'Launcher'): string {
  return `\${PROP('Dim.${name}')}`;
}

/**
 * An expression that searches metrics. In an account with shared metrics, a search also finds those of other accounts, so a dashboard of one account
 * names it. A namespace with a hyphen needs quotes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
function search(dimensions: readonly string[], metric: string, statistic: Statistic, accounts: Accounts): string {
  const account = accounts === 'all' ? '' : ` Account="${accounts}"`;
  return `SEARCH('{${[`"${USAGE_NAME}"`, ...dimensions].join()}} MetricName="${metric}"${account}', '${statistic}', ${HOUR.toSeconds()})`;
}
