import { forget } from './forget';
import { hourOf } from './hours';
import { describeInstances } from './instances';
import { quietSince } from './judge';
import type { Memory } from './memory';
import { areRecentOnesEnough, listMetrics, readMetrics } from './metrics';
import { noteNextLaunches } from './next-launch';
import type { Run } from './run';
import { findResources } from './stack-resources';
import { queriesFor, startCounting, taker } from './take-in';
import { takeInDescribed } from './take-in-described';
import { attributeByTrail } from './trail';
import { type Window, windowOf } from './window';

/** A metric is listed some minutes after its first datapoint. All metrics from this many hours before the last full list were in that list. */
const LISTED_LATE = 3;

/**
 * Reads the data of a Region since the last run into the memory. Returns whether there was anything to read.
 *
 * If it fails, the memory must be discarded, and the next run reads the same hours again.
 */
export async function readRegion(run: Run, memory: Memory): Promise<boolean> {
  const window = windowOf(memory, run.now);
  if (window === undefined) { return false; }
  startCounting(memory);
  const described = await describeInstances(run);
  takeInDescribed(memory, described, window.until);
  noteNextLaunches(memory, described);
  await readListed(run, memory, window);
  Object.assign(memory, { watchedSince: window.since, watchedUntil: window.until, readFrom: window.from });
  await attributeByTrail(run, memory, window.until, quietSince({ watchedUntil: window.until, quietDays: run.quietDays }));
  forget(run, memory, window.until);
  await findResources(run, memory);
  return true;
}

async function readListed(run: Run, memory: Memory, { from, until, reread, oldest }: Window): Promise<void> {
  const onlyRecent = areRecentOnesEnough(memory, run.now);
  const listed = await listMetrics(run, onlyRecent);
  const { known, others } = queriesFor(memory, listed, !onlyRecent);
  const unlisted = memory.fullyListedAt === undefined ? reread : hourOf(memory.fullyListedAt) - LISTED_LATE;
  const beginning = Math.max(oldest, Math.min(reread, unlisted));
  await readMetrics(run, others, beginning, until, taker(memory, beginning));
  await readMetrics(run, known, reread, until, taker(memory, from));
  memory.listedAt = run.now;
  if (!onlyRecent) { memory.fullyListedAt = run.now; }
}
