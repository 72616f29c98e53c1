import type { LoggedLauncher, UsageEventDetail } from '../../src/usage/published';
import type { LauncherUsage } from '../../src/usage/usage-record';
import type { Body, Widget } from './dashboard-body';

/** The width of a dashboard, and the greatest height of a widget. */
const [WIDTH, MOST_HEIGHT] = [24, 1000];

/**
 * Problems in the places of widgets. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function complaintsAboutLayout({ widgets }: Body): string[] {
  return widgets.flatMap((widget, index) => [
    ...widget.x < 0 || widget.width < 1 || widget.x + widget.width > WIDTH ? [`${nameOf(widget)} is not between 0 and ${WIDTH}`] : [],
    ...widget.height < 1 || widget.height > MOST_HEIGHT ? [`${nameOf(widget)} is ${widget.height} high`] : [],
    ...widgets.slice(0, index).filter(other => overlap(widget, other)).map(other => `${nameOf(widget)} lies on ${nameOf(other)}`),
    ...gapAbove(widget, widgets) ? [`nothing is above ${nameOf(widget)}`] : [],
  ]);
}

function nameOf({ type, properties: { title } }: Widget): string {
  return title ?? type;
}

function overlap(one: Widget, other: Widget): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}

function gapAbove(widget: Widget, widgets: readonly Widget[]): boolean {
  return widget.y > 0 && !widgets.some(other => other.y + other.height === widget.y);
}

const SEARCH = /SEARCH\('\{"cdk-imdsv2",(Account(?:,Region(?:,Launcher)?)?)\} MetricName="(\w+)"(?: Account="[^"]+")?', '(Sum|Maximum|Minimum)', (\d+)\)/;

/** Problems of an expression: the metric is not published with these dimensions, or the statistic does not fit. */
export function complaintsAboutExpression(expression: string): string[] {
  const [found, dimensions, metric, statistic, period] = SEARCH.exec(expression) ?? [];
  if (found === undefined) { return [`${expression} searches nothing`]; }
  const around = expression.replace(found, 'X');
  return [
    ...PUBLISHED[dimensions].includes(metric) ? [] : [`${metric} is not published by ${dimensions}`],
    ...(statistic === 'Sum') === /Calls$/.test(metric) ? [] : [`${statistic} says nothing of ${metric}`],
    ...Number(period) === 3600 ? [] : [`${period} seconds are not the hour of a run`],
    ...['SUM(X)', 'SLICE(SORT(X, MAX, DESC), 0, 20)'].includes(around) ? [] : [`${around} is no function of metric math that is known here`],
  ];
}

/** The published metrics, by their dimensions. Their types and a test of the handler keep the names in sync. */
const PUBLISHED: { readonly [dimensions: string]: readonly string[] } = {
  'Account': ['RejectedCalls', 'UnreadRegions', 'ReturnedLaunchers'],
  'Account,Region': [
    'V1Calls', 'RejectedCalls', 'InstancesRequired', 'InstancesQuiet', 'InstancesCalling', 'InstancesUnknown',
    'LaunchersReady', 'LaunchersInUse', 'LaunchersBroken', 'LaunchersUnknown', 'UnattributedCallers',
  ],
  'Account,Region,Launcher': ['V1Calls', 'RejectedCalls', 'DaysAtZero'],
};

/** The commands of a query, in the only order that these queries use. */
const COMMANDS = /^(?:filter|stats|fields|sort|display|limit)$/;

/** Problems of a Logs Insights query: a field that no line has, or a column that no command defines. */
export function complaintsAboutQuery(query: string): string[] {
  const [source, ...commands] = query.split('|').map(part => part.trim());
  const titles = [...query.matchAll(/ as (\w+)/g)].map(([, title]) => title);
  const fields = [...query.matchAll(/\b(launcher|detail)(?:\.\w+)+/g)].map(([field]) => field);
  const used = commands.flatMap(command => /^(?:sort|display) (.*)/.exec(command)?.[1].replace(/ (?:a|de)sc$/, '').split(', ') ?? []);
  return [
    ...source.startsWith("SOURCE '") ? [] : ['it has no log'],
    ...commands.filter(command => !COMMANDS.test(command.split(' ')[0])).map(command => `'${command}' is no command`),
    ...fields.filter(field => !FIELDS.has(field)).map(field => `no line has ${field}`),
    ...used.filter(name => !titles.includes(name) && !FIELDS.has(name) && name !== '@timestamp').map(name => `nothing is called ${name}`),
    ...commands.at(-1)!.startsWith('limit ') ? [] : ['it has no end'],
    ...new Set(titles).size === titles.length ? [] : ['two columns have one name'],
  ];
}

type Keys<Content> = { readonly [field in keyof Required<Content>]: true };

/** The compiler requires exactly these keys. */
const LOGGED: Keys<LoggedLauncher['launcher']> = {
  account: true,
  region: true,
  kind: true,
  name: true,
  state: true,
  because: true,
  running: true,
  calls: true,
  rejected: true,
  lastCallAt: true,
  lastRejectedAt: true,
  lastSeenAt: true,
  daysAtZero: true,
  daysSeen: true,
  callers: true,
  stack: true,
  logicalId: true,
};

const DETAIL: Keys<UsageEventDetail> = { account: true, region: true, was: true, launcher: true };

const LAUNCHER: Partial<Keys<LauncherUsage>> = { kind: true, name: true, state: true, because: true };

const FIELDS = new Set([
  ...Object.keys(LOGGED).map(field => `launcher.${field}`),
  ...Object.keys(DETAIL).map(field => `detail.${field}`),
  ...Object.keys(LAUNCHER).map(field => `detail.launcher.${field}`),
]);
