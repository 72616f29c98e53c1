import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { dateOf, type Hour, HOURS_OF_DAY, hourOf } from './hours';
import { inPool } from './in-pool';
import type { Memory } from './memory';
import { pages } from './pages';
import type { Run } from './run';

/** The metrics of an instance: answered IMDSv1 calls while they are allowed, and refused calls while they are not. */
export type Metric = 'MetadataNoToken' | 'MetadataNoTokenRejected';

const METRICS: readonly Metric[] = ['MetadataNoToken', 'MetadataNoTokenRejected'];

/** Handles a datapoint: the number of calls of an instance in an hour. */
export type TakeIn = (id: string, metric: Metric, hour: Hour, calls: number) => void;

/** A metric to read. */
export interface Query {
  readonly id: string;
  readonly metric: Metric;
}

const Namespace = 'AWS/EC2';

/** The most queries and datapoints in a request to CloudWatch. */
const MOST_QUERIES = 500;
const MOST_DATAPOINTS = 100_800;

/** How many requests for data run in parallel. */
const AT_ONCE = 3;

/** The most milliseconds since the last list if only the metrics of the last three hours are listed, and since the last full list. */
const MOST_BETWEEN_LISTS = 2 * 3_600_000;
const MOST_BETWEEN_FULL_LISTS = HOURS_OF_DAY * 3_600_000;

/** Whether the metrics of the last three hours are enough. Once a day, those of two weeks are listed, so that none is missed. */
export function areRecentOnesEnough({ listedAt, fullyListedAt }: Memory, now: number): boolean {
  return now - (listedAt ?? 0) < MOST_BETWEEN_LISTS && now - (fullyListedAt ?? 0) < MOST_BETWEEN_FULL_LISTS;
}

/** The instances with their published metrics, whether they run or not. */
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
 * @throws Error if CloudWatch does not return all data: then nothing counts as read
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
