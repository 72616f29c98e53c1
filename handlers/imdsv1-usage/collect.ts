import type { UsageEventDetail } from '../../src/usage/published';
import type { LauncherState, LauncherUsage, RegionUsage, UsageRecord } from '../../src/usage/usage-record';
import { messageOf } from '../custom-resource/message-of';
import type { Aws } from './aws';
import { bounded } from './bounded';
import { sendEvents } from './events';
import { hourIn, hourOf, HOURS_OF_DAY, textOf } from './hours';
import { inPool } from './in-pool';
import { keyOf, type Memory } from './memory';
import { publish, publishAccount, publishLaunchers, sum } from './publish';
import { readRegion } from './read-region';
import { regionUsage } from './region-usage';
import { memoryFrom } from './remembered';
import type { Run } from './run';
import type { Settings } from './settings';
import { Overtaken, Store } from './store';
import { isUnwatched } from './window';

/** The environment of a run. */
export interface Surroundings {
  readonly aws: Aws;
  readonly account: string;
  readonly home: string;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
  /** The milliseconds that are left. */
  timeLeft(): number;
}

/** The result for a Region. */
interface Read {
  readonly usage: RegionUsage;
  /** The new memory. Left out if the Region could not be read. */
  readonly memory?: Memory;
  /** The ETag of the memory that it replaces. */
  readonly tag?: string;
  /** Whether there were hours to read. */
  readonly hasNews: boolean;
  /** Whether a policy denies the Region, so that a failed read is expected. */
  readonly isDenied?: boolean;
}

const REGIONS_AT_ONCE = 3;

/** How many hours a Region stays in the record without a run that reads it, and its error message. */
const CARRIED_OVER_FOR = 14 * HOURS_OF_DAY;
const UNREAD = 'no monitor reads it now';

/** The states of a launcher that needs no attention, and the states in which it needs attention again. */
const WAS_OVER: readonly (LauncherState | undefined)[] = ['ready', 'required'];
const IS_BACK: readonly LauncherState[] = ['in use', 'broken'];

/**
 * The error if a policy explicitly denies `ec2:DescribeInstances` to everybody, as a policy does that closes Regions. Then nothing can be launched
 * there. A missing permission is a different error. If only metrics are denied, instances may run there.
 */
const DENIAL = /^UnauthorizedOperation: .*explicit deny/;

/** The time in milliseconds that is reserved for writing the results, and the longest time of one call. */
const TIME_TO_WRITE = 45_000;
const LONGEST_CALL = 120_000;

/**
 * Collects the usage of IMDSv1 since the last run. A Region that cannot be read does not prevent the others.
 *
 * It writes the record first and the memory last. So if a run ends in between, the next one does the work again. If another run has written first,
 * this one stops.
 *
 * @throws Error at the end if the Regions could not be listed, or an event was not accepted
 */
export async function collect(around: Surroundings, settings: Settings): Promise<void> {
  const { aws, account } = around;
  const store = new Store(aws.s3(), settings.bucket, account);
  const { content: former, tag } = await store.readRecord();
  const failures: string[] = [];
  const regions = await regionsToRead(around, settings).catch((error: unknown) => {
    failures.push(`Regions: ${messageOf(error)}`);
    return former?.regions.map(({ region }) => region) ?? [around.home];
  });
  const reads: Read[] = [];
  await inPool(regions, REGIONS_AT_ONCE, async region => {
    const run = runIn(region, around, settings);
    const mayBeDenied = settings.regions === '*' && region !== around.home;
    reads.push(await read(run, store, former?.regions.find(each => each.region === region), mayBeDenied));
  });
  reads.sort((one, other) => one.usage.region.localeCompare(other.usage.region));
  const record = recordOf(around, settings, [...reads.map(({ usage }) => bounded(usage)), ...carriedOver(around, former, reads)]);
  try {
    await store.writeRecord(record, tag);
    failures.push(...await finish(around, settings, store, record, reads));
  } catch (error) {
    if (!(error instanceof Overtaken)) { throw error; }
    console.log('another run wrote first:', error.message);
  }
  if (failures.length > 0) { throw new Error(failures.join('; ')); }
}

function recordOf({ account, now }: Surroundings, { quietDays }: Settings, regions: readonly RegionUsage[]): UsageRecord {
  return { schemaVersion: '1.0', account, at: textOf(new Date(now)), quietDays, regions };
}

/** The Regions of the last record that this run did not read, because another monitor may read them. After a day, nothing in them is ready. */
function carriedOver({ now }: Surroundings, former: UsageRecord | undefined, reads: readonly Read[]): RegionUsage[] {
  const age = ({ watchedUntil }: RegionUsage) => hourOf(now) - (hourIn(watchedUntil) ?? 0);
  const others = (former?.regions ?? []).filter(each => !reads.some(({ usage }) => usage.region === each.region) && age(each) < CARRIED_OVER_FOR);
  const outdated = (usage: RegionUsage) => ({ ...usage, error: UNREAD, launchers: usage.launchers.map(each => unready(each, usage)) });
  return others.map(usage => age(usage) <= HOURS_OF_DAY ? usage : outdated(usage));
}

function unready(launcher: LauncherUsage, { watchedUntil }: RegionUsage): LauncherUsage {
  return launcher.state === 'ready' ? { ...launcher, state: 'unknown', because: `the data of the Region ends at ${watchedUntil}` } : launcher;
}

async function regionsToRead({ aws, home }: Surroundings, { regions }: Settings): Promise<readonly string[]> {
  if (regions !== '*') { return regions; }
  const { Regions = [] } = await aws.ec2(home).describeRegions({});
  const named = Regions.flatMap(({ RegionName }) => RegionName ?? []);
  if (named.length === 0) { throw new Error('EC2 lists none'); }
  return named;
}

function runIn(region: string, { aws, account, now, timeLeft }: Surroundings, { quietDays }: Settings): Run {
  const left = () => Math.max(0, timeLeft() - TIME_TO_WRITE);
  const inTime = () => ({ abortSignal: left() > 0 ? AbortSignal.timeout(Math.min(LONGEST_CALL, left())) : AbortSignal.abort() });
  return { aws, account, region, now, quietDays, timeLeft: left, inTime };
}

/** Reads a Region. If that fails, it returns the data of the last run. */
async function read(run: Run, store: Store, former: RegionUsage | undefined, mayBeDenied: boolean): Promise<Read> {
  const remember = async () => {
    const { content, tag } = await store.readMemory(run.region, run.now);
    return { memory: content ?? memoryFrom(former), tag };
  };
  try {
    const { memory, tag } = await remember();
    const hasNews = await readRegion(run, memory);
    return { usage: regionUsage(run, memory), memory, tag, hasNews };
  } catch (error) {
    console.log(run.region, messageOf(error));
    const { memory } = await remember().catch(() => ({ memory: memoryFrom(former) }));
    const message = messageOf(error);
    const isDenied = mayBeDenied && DENIAL.test(message) && isUnwatched(memory, run.now);
    return { usage: regionUsage(run, memory, isDenied ? `denied, not monitored: ${message}` : message), hasNews: false, isDenied };
  }
}

/**
 * Sends events for the changes, writes the memory, and publishes the results. A change whose event was not accepted is sent again by the next run.
 */
async function finish(
  { aws, account }: Surroundings, { eventBus }: Settings, store: Store, record: UsageRecord, reads: readonly Read[],
): Promise<string[]> {
  const changes = reads.flatMap(({ memory, usage }) => memory ? changesIn(account, memory, usage) : []);
  const notSent = new Set(await sendEvents(aws.eventBridge(), eventBus, changes));
  for (const { usage, memory, tag, hasNews } of reads) {
    if (memory === undefined) { continue; }
    const sent = changes.filter(change => change.region === usage.region && !notSent.has(change));
    sent.forEach(({ launcher }) => { memory.launchers[keyOf(launcher)].state = launcher.state; });
    if (hasNews || sent.length > 0) { await store.writeMemory(usage.region, memory, tag); }
  }
  const news = reads.filter(({ hasNews }) => hasNews).map(({ usage }) => usage);
  publish({ ...record, regions: news });
  const unread = reads.filter(({ memory }) => memory === undefined);
  unread.forEach(({ usage }) => publishLaunchers(account, usage));
  const ReturnedLaunchers = changes.filter(({ was, launcher }) => WAS_OVER.includes(was) && IS_BACK.includes(launcher.state)).length;
  const RejectedCalls = sum(news, ({ launchers }) => sum(launchers, ({ rejected }) => rejected));
  const isNew = news.length > 0 || ReturnedLaunchers > 0;
  publishAccount(account, { ...isNew && { RejectedCalls, ReturnedLaunchers }, UnreadRegions: unread.filter(({ isDenied }) => !isDenied).length });
  return notSent.size > 0 ? [`${notSent.size} events were refused`] : [];
}

function changesIn(account: string, { launchers }: Memory, { region, launchers: usages }: RegionUsage): UsageEventDetail[] {
  return usages.map(launcher => ({ account, region, was: launchers[keyOf(launcher)].state, launcher }))
    .filter(({ was, launcher }) => was !== launcher.state);
}
