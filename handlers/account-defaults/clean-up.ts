import type { StackResourceDetail } from '@aws-sdk/client-cloudformation';
import type { Change, Changes, ChangesByRegion } from './changes';
import type { Field, Setting, Value } from './defaults';
import { type Memory, memoryIn } from './memory';
import { TYPE } from './others';
import { isStronger } from './stronger';

/** The status of a stack in which an update was taken back, and the ids that it gave are deleted. */
const CLEANS_UP = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';

/**
 * What is still to be undone by the deletion of an id that is no longer the one of the resource, where CloudFormation went back to that without an update.
 *
 * Whoever may invoke the function can write such a request. So a field gets what the resource wrote or wants by the id that CloudFormation has for it;
 * one of which that says nothing gets what was there before, but only where that is stronger.
 *
 * @param deleted what the id says that is deleted
 */
export function changesToCleanUp(deleted: Memory, status: string, said?: StackResourceDetail): ChangesByRegion {
  const current = said?.ResourceType === TYPE && status === CLEANS_UP ? memoryIn(said.PhysicalResourceId) : undefined;
  if (!current) { return new Map(); }
  const regions = new Set([...deleted.changes.keys(), ...current.changes.keys()]);
  return new Map([...regions].map(region => [region, changesIn(region, deleted, current)]));
}

function changesIn(region: string, deleted: Memory, current: Memory): Changes {
  const changes = deleted.changes.get(region) ?? new Map<Field, Change>();
  const theirs = [...current.changes.get(region) ?? []].map(([field, change]): Setting => [field, change.written]);
  const wanted = new Map([...settingsIn(region, current), ...theirs]);
  const ours = [...changes].flatMap(([field, { before, written }]): [Field, Value, Value][] => {
    const value = wanted.get(field) ?? (isStronger(field, before, written) ? before : written);
    return [[field, value, written]];
  });
  // The id does not remember a field that was written back to what was there before the resource was.
  const others = settingsIn(region, deleted).filter(([field]) => !changes.has(field)).flatMap(([field, written]): [Field, Value, Value][] => {
    const value = wanted.get(field);
    return value !== undefined && isStronger(field, value, written) ? [[field, value, written]] : [];
  });
  const due = [...ours, ...others].filter(([, value, written]) => value !== written);
  return new Map(due.map(([field, before, written]) => [field, { before, written }]));
}

/** What a resource holds in a Region. */
function settingsIn(region: string, { held, settings }: Memory): readonly Setting[] {
  return held?.includes(region) ?? true ? settings : [];
}
