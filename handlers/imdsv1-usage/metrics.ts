import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { dateOf, type Hour, HOURS_OF_DAY, hourOf } from './hours';
import { inPool } from './in-pool';
import type { Memory } from './memory';
import { pages } from './pages';
import type { Run } from './run';

/** What an instance publishes: how many IMDSv1 calls were answered while they are allowed, and how many were refused while they are not. */
export type Metric = 'MetadataNoToken' | 'MetadataNoTokenRejected';

const METRICS: readonly Metric[] = ['MetadataNoToken', 'MetadataNoTokenRejected'];

/** What is read of a metric of an instance: how many calls in which hour. */
export type TakeIn = (id: string, metric: Metric, hour: Hour, calls: number) => void;

/** A metric to read. */
export interface Query {
  readonly id: string;
  readonly metric: Metric;
}

const Namespace = 'AWS/EC2';

/** How many queries and how many datapoints CloudWatch takes in a request. */
const MOST_QUERIES = 500;
const MOST_DATAPOINTS = 100_800;

/** How many requests for data are made at once. */
const AT_ONCE = 3;

/** How old the last list may be for the metrics of the last three hours to be all that is new, and the last full one, in milliseconds. */
const MOST_BETWEEN_LISTS = 2 * 3_600_000;
const MOST_BETWEEN_FULL_LISTS = HOURS_OF_DAY * 3_600_000;

/** Whether the metrics of the last three hours are enough; once a day those of two weeks are listed, so that none is missed. */
export function areRecentOnesEnough({ listedAt, fullyListedAt }: Memory, now: number): boolean {
  return now - (listedAt ?? 0) < MOST_BETWEEN_LISTS && now - (fullyListedAt ?? 0) < MOST_BETWEEN_FULL_LISTS;
}

/** The instances that published one of the metrics, running or not, with those that they published. */
export async function listMetrics({ aws, region, inTime }: Run, onlyRecent: boolean): Promise<Map<string, Metric[]>> {
  const cloudWatch = aws.cloudWatch(region);
  const found = new Map<string, Metric[]>();
  for (const MetricName of METRICS) {
    const filter = { Namespace, MetricName, Dimensions: [{ Name: 'InstanceId' }], RecentlyActive: onlyRecent ? 'PT3H' as const : undefined };
    for await (const { Metrics = [] } of pages(NextToken => cloudWatch.listMetrics({ ...filter, NextToken }, inTime()))) {
      for (const { Dimensions = [] } of Metrics) {
        const id = Dimensions.length === 1 ? Dimensions[0].Value : undefined;
        if (id) { found.set(id, [...found.get(id) ?? [], MetricName]); }
      }
    }
  }
  return found;
}

/**
 * Reads metrics hour by hour.
 *
 * @throws Error where CloudWatch cannot say all of it: then nothing counts as read
 */
export async function readMetrics(run: Run, queries: readonly Query[], from: Hour, until: Hour, takeIn: TakeIn): Promise<void> {
  const size = Math.min(MOST_QUERIES, Math.floor(MOST_DATAPOINTS / Math.max(1, until - from)));
  const batches = Array.from({ length: Math.ceil(queries.length / size) }, (_, index) => queries.slice(index * size, (index + 1) * size));
  await inPool(batches, AT_ONCE, async batch => readBatch(run, batch, from, until, takeIn));
}

async function readBatch({ aws, region, inTime }: Run, batch: readonly Query[], from: Hour, until: Hour, takeIn: TakeIn): Promise<void> {
  const cloudWatch = aws.cloudWatch(region);
  const left = new Set(batch.keys());
  const asked = { MetricDataQueries: batch.map(dataQuery), StartTime: dateOf(from), EndTime: dateOf(until) };
  for await (const { MetricDataResults = [] } of pages(NextToken => cloudWatch.getMetricData({ ...asked, NextToken }, inTime()))) {
    for (const { Id = '', StatusCode, Timestamps = [], Values = [] } of MetricDataResults) {
      const index = Number(Id.slice(1));
      const query = batch[index];
      if (query === undefined || StatusCode === 'Forbidden' || StatusCode === 'InternalError') { throw new Error(`CloudWatch returned ${StatusCode ?? Id}`); }
      if (StatusCode !== 'PartialData') { left.delete(index); }
      Timestamps.forEach((time, at) => takeIn(query.id, query.metric, hourOf(time), Values[at] ?? 0));
    }
  }
  if (left.size > 0) { throw new Error(`CloudWatch omitted ${left.size} of ${batch.length} metrics`); }
}

function dataQuery({ id, metric }: Query, index: number): MetricDataQuery {
  const Metric = { Namespace, MetricName: metric, Dimensions: [{ Name: 'InstanceId', Value: id }] };
  return { Id: `m${index}`, MetricStat: { Metric, Period: 3600, Stat: 'Sum' } };
}
