import type { LoggedLauncher } from '../../src/usage/published';
import { runAt } from '../../test/handlers/imdsv1-usage/runs';
import { DAY, HOUR, World } from '../../test/handlers/imdsv1-usage/world';

/** A line of the collector's log: metrics with their dimensions, or a launcher. */
export interface Line extends Partial<LoggedLauncher> {
  readonly at: number;
  readonly metrics?: { readonly dimensions: { readonly [name: string]: string }; readonly values: { readonly [name: string]: number } };
}

interface Embedded {
  readonly _aws?: { readonly CloudWatchMetrics: readonly [Directive] };
}

interface Directive {
  readonly Dimensions: readonly [readonly string[]];
  readonly Metrics: readonly MetricName[];
}

interface MetricName {
  readonly Name: string;
}

export const FROM = Date.parse('2026-11-06T00:00:00Z');
const DAYS = 21;

/** The usage of a group by the day of the replay, in calls per hour, and the day from which it requires IMDSv2. */
interface Group {
  readonly name: string;
  readonly count: number;
  readonly region?: string;
  readonly calls: (day: number, hour: number) => number;
  readonly requiredFrom?: number;
  readonly since?: number;
}

const GROUPS: readonly Group[] = [
  { name: 'shop-web', count: 12, calls: day => (day < 5 ? 40 : 0) },
  { name: 'shop-api', count: 8, calls: day => (day < 3 ? 12 : 0) },
  { name: 'search', count: 6, calls: () => 0 },
  { name: 'reports', count: 3, calls: (_, hour) => (hour === 4 ? 30 : 0) },
  { name: 'licences', count: 1, calls: () => 9 },
  { name: 'batch-legacy', count: 4, region: 'us-east-1', calls: day => (day < 12 ? 22 : 0) },
  { name: 'mail', count: 3, calls: (day, hour) => (day > 16 && hour % 6 === 0 ? 4 : 0), requiredFrom: 16 },
  { name: 'gateway', count: 5, calls: day => (day < 2 ? 15 : 0), requiredFrom: 8 },
  { name: 'checkout-canary', count: 2, calls: () => 0, since: 18 },
  { name: 'exports', count: 3, region: 'us-east-1', calls: () => 0 },
];

/** The log lines of the collector after three weeks of runs over an invented account. */
export async function replay(): Promise<Line[]> {
  const world = new World(['eu-west-1', 'us-east-1']);
  GROUPS.forEach((group, index) => addGroup(world, group, index));
  const lines: Line[] = [];
  const { write } = process.stdout;
  for (let at = FROM + HOUR; at <= FROM + DAYS * DAY; at += HOUR) {
    process.stdout.write = ((text: string) => { lines.push(...read(text, at)); return true; }) as typeof write;
    try { await runAt(world, at + 25 * 60_000); } finally { process.stdout.write = write; }
  }
  return lines;
}

function addGroup(world: World, { name, count, region = 'eu-west-1', calls, requiredFrom, since = -30 }: Group, index: number): void {
  const first = Math.floor(FROM / HOUR);
  world.add(...Array.from({ length: count }, (_, number) => ({
    id: `i-${(index * 100 + number + 0x0a1b2c3d40).toString(16).padStart(17, '0')}`,
    region,
    tags: { 'aws:autoscaling:groupName': name, 'aws:cloudformation:stack-name': 'Shop', 'aws:cloudformation:logical-id': logicalId(name) },
    launchedAt: FROM + since * DAY,
    requires: requiredFrom === undefined ? undefined : [[first + requiredFrom * 24, true]] as const,
    attempts: (hour: number) => calls(Math.floor((hour - first) / 24), hour % 24),
  })));
}

function logicalId(name: string): string {
  return `${name.split('-').map(word => word[0].toUpperCase() + word.slice(1)).join('')}ASG`;
}

function read(text: string, at: number): Line[] {
  return text.split('\n').filter(line => line.startsWith('{')).map(line => {
    const entry = JSON.parse(line) as Embedded & LoggedLauncher & { readonly [name: string]: string & number };
    if (!entry._aws) { return { at, launcher: entry.launcher }; }
    const [{ Dimensions: [dimensions], Metrics }] = entry._aws.CloudWatchMetrics;
    const pick = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, entry[name]]));
    return { at, metrics: { dimensions: pick(dimensions), values: pick(Metrics.map(({ Name }) => Name)) } };
  });
}
