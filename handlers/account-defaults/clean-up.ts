import type { StackResourceDetail } from '@aws-sdk/client-cloudformation';
import type { Change, Changes, ChangesByRegion } from './changes';
import type { Field, Setting, Value } from './defaults';
import { type Memory, memoryIn } from './memory';
import { TYPE } from './others';
import { isStronger } from './stronger';

/** The status of a stack after the rollback of an update, while CloudFormation deletes the ids of that update. */
const CLEANS_UP = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS';

/**
 * The changes to undo when CloudFormation deletes an id that is no longer the id of the resource, because it returned to an earlier id without an
 * update.
 *
 * Anybody who can invoke the function can send such a request. So a field gets the value that the resource wrote or wants, according to the id in
 * CloudFormation. A field without such a value gets its former value, but only if that is stronger.
 *
 * @param deleted the contents of the deleted id
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
  // The id does not contain a field that was reset to its value before the resource existed.
  const others = settingsIn(region, deleted).filter(([field]) => !changes.has(field)).flatMap(([field, written]): [Field, Value, Value][] => {
    const value = wanted.get(field);
    return value !== undefined && isStronger(field, value, written) ? [[field, value, written]] : [];
  });
  const due = [...ours, ...others].filter(([, value, written]) => value !== written);
  return new Map(due.map(([field, before, written]) => [field, { before, written }]));
}

/** The settings of a resource in a Region. */
function settingsIn(region: string, { held, settings }: Memory): readonly Setting[] {
  return held?.includes(region) ?? true ? settings : [];
}
