import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { keeping } from '../custom-resource/keeping';
import { stackStatus } from '../custom-resource/stack-status';
import type { ChangesByRegion } from './changes';
import { changesToCleanUp } from './clean-up';
import { confirmation, noAnswerText } from './confirmed';
import type { Event } from './event';
import { type Memory, memoryIn } from './memory';
import { Others, othersOf } from './others';
import { RegionDefaults } from './region-defaults';
import type { Target } from './undo';
import { targetBeside, undoAll } from './undo-regions';

/** The time in milliseconds that is reserved for the work after the calls to CloudFormation. */
const TIME_TO_ACT = 60_000;

/**
 * Undoes the changes in the physical id of the resource: a field gets its former value if nobody has changed it since. It never fails, so that no
 * rollback and no deletion gets stuck. It reports what it did not undo.
 */
export async function remove(event: Event, context: Context): Promise<Outcome> {
  const memory = memoryIn(event.PhysicalResourceId);
  if (!memory) { return { Reason: 'nothing is undone: the physical id records no changes, so changed defaults may remain' }; }
  const early = keeping(context, TIME_TO_ACT);
  const { objection, said } = await confirmation(event, early);
  const status = await stackStatus(event, early).catch(() => '');
  if (objection) {
    const changes = changesToCleanUp(memory, status, said);
    if (changes.size === 0) { return { Reason: `nothing is undone: ${objection}` }; }
    return undone(changes, context);
  }
  if (memory.changes.size === 0) { return { Reason: 'nothing to undo: the physical id records no changes' }; }
  return undoneBeside(event, memory, status, context);
}

async function undoneBeside(event: Event, { changes }: Memory, status: string, context: Context): Promise<Outcome> {
  const isWayBack = status.includes('ROLLBACK');
  try {
    const others = await othersOf(event, keeping(context, TIME_TO_ACT)).catch(error => {
      if (isWayBack) { return new Others(event, status.startsWith('U') ? undefined : []); }
      throw error;
    });
    return await undone(changes, context, targetBeside(others, isWayBack));
  } catch (error) {
    return { Reason: `${[...changes.keys()].join()}: not undone: ${noAnswerText(error)}` };
  }
}

async function undone(changes: ChangesByRegion, context: Context, target?: Target): Promise<Outcome> {
  const { words } = await undoAll([...changes].map(([region, each]) => [new RegionDefaults(region, context), each]), target);
  return { Reason: words.join('; ') || 'nothing to undo: the defaults already have their former values' };
}
