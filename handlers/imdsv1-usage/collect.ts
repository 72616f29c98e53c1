import type { UsageEventDetail } from '../../src/usage/published';
import type { LauncherState, LauncherUsage, RegionUsage, UsageRecord } from '../../src/usage/usage-record';
import { messageOf } from '../custom-resource/message-of';
import type { Aws } from './aws';
import { bounded } from './bounded';
import { tell } from './events';
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

/** What a run is given, besides its settings. */
export interface Surroundings {
  readonly aws: Aws;
  readonly account: string;
  readonly home: string;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
  /** How long there is to go on, in milliseconds. */
  timeLeft(): number;
}

/** A Region after this run. */
interface Read {
  readonly usage: RegionUsage;
  /** What is to be remembered; nothing where the Region could not be read. */
  readonly memory?: Memory;
  /** By what the memory that this one replaces is told. */
  readonly tag?: string;
  /** Whether there were hours to read. */
  readonly hasNews: boolean;
  /** Whether a policy closes it, so that nobody is expected to read it. */
  readonly isDenied?: boolean;
}

const REGIONS_AT_ONCE = 3;

/** For how many hours a Region stays in the record that no run reads, and what is said of it. */
const CARRIED_OVER_FOR = 14 * HOURS_OF_DAY;
const UNREAD = 'no monitor reads it now';

/** What a launcher was that needed no more looking after, and what it is that does again. */
const WAS_OVER: readonly (LauncherState | undefined)[] = ['ready', 'required'];
const IS_BACK: readonly LauncherState[] = ['in use', 'broken'];

/**
 * A policy denies the instances of a Region to everybody, as one does that closes Regions: nothing can be launched there, either. A right that is missing is
 * no denial; and where metrics alone are denied, nobody sees what runs.
 */
const DENIAL = /^UnauthorizedOperation: .*explicit deny/;

/** What is kept of the time for writing what was found, and how long one call may take, in milliseconds. */
const TIME_TO_WRITE = 45_000;
const LONGEST_CALL = 120_000;

/**
 * Collects who used IMDSv1 since the last run. What a Region cannot tell keeps nothing else from being told.
 *
 * The record is written first and the memory last, so that a run that ends in between is done again. Another run that was quicker makes this one give up.
 *
 * @throws Error, after everything else, where the Regions could not be listed or an event was not taken
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

/** Regions that are not of this run, as the last record has them: another monitor may read them. What nobody reads any more makes nothing ready. */
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

/** Reads a Region; where that fails, tells what the last run knew. */
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

/** Tells what changed, remembers what was read, and publishes it. A change that nobody could be told is told by the next run. */
async function finish(
  { aws, account }: Surroundings, { eventBus }: Settings, store: Store, record: UsageRecord, reads: readonly Read[],
): Promise<string[]> {
  const changes = reads.flatMap(({ memory, usage }) => memory ? changesIn(account, memory, usage) : []);
  const untold = new Set(await tell(aws.eventBridge(), eventBus, changes));
  for (const { usage, memory, tag, hasNews } of reads) {
    if (memory === undefined) { continue; }
    const told = changes.filter(change => change.region === usage.region && !untold.has(change));
    told.forEach(({ launcher }) => { memory.launchers[keyOf(launcher)].state = launcher.state; });
    if (hasNews || told.length > 0) { await store.writeMemory(usage.region, memory, tag); }
  }
  const news = reads.filter(({ hasNews }) => hasNews).map(({ usage }) => usage);
  publish({ ...record, regions: news });
  const unread = reads.filter(({ memory }) => memory === undefined);
  unread.forEach(({ usage }) => publishLaunchers(account, usage));
  const ReturnedLaunchers = changes.filter(({ was, launcher }) => WAS_OVER.includes(was) && IS_BACK.includes(launcher.state)).length;
  const RejectedCalls = sum(news, ({ launchers }) => sum(launchers, ({ rejected }) => rejected));
  const isNew = news.length > 0 || ReturnedLaunchers > 0;
  publishAccount(account, { ...isNew && { RejectedCalls, ReturnedLaunchers }, UnreadRegions: unread.filter(({ isDenied }) => !isDenied).length });
  return untold.size > 0 ? [`${untold.size} events were refused`] : [];
}

function changesIn(account: string, { launchers }: Memory, { region, launchers: usages }: RegionUsage): UsageEventDetail[] {
  return usages.map(launcher => ({ account, region, was: launchers[keyOf(launcher)].state, launcher }))
    .filter(({ was, launcher }) => was !== launcher.state);
}
