import type { Outcome } from '../custom-resource/answering';
import type { Context } from '../custom-resource/event';
import { objectionTo } from './confirmed';
import type { Event } from './event';
import { memoryIn } from './memory';
import { undoRegions } from './undo-regions';

/**
 * Undoes what the resource changed, as far as its physical id remembers it: a field goes back to what was there before where it still is as it was
 * left. It never fails, so that no rollback and no deletion is stuck, and says what it left.
 */
export async function remove(event: Event, context: Context): Promise<Outcome> {
  const changes = memoryIn(event.PhysicalResourceId)?.changes;
  if (!changes?.size) { return { Reason: 'nothing to undo: the id of the resource remembers no change' }; }
  const objection = await objectionTo(event, context);
  if (objection) { return { Reason: `nothing is undone: ${objection}` }; }
  const { words } = await undoRegions(event, changes, context);
  return { Reason: words.join('; ') || 'nothing to undo: everything is as it was before' };
}
