import type { CfnResource } from 'aws-cdk-lib';
import { ConstructNote } from '../model/construct-note';
import { LiveResource } from '../resources/live-resource';
import type { Carrier } from '../resources/record';
import { forgetChanges } from './change-log';
import type { Change } from './writing-visitor';
import { WrittenBlocks } from './written-blocks';

/** The changes of a write, so that it can be undone. */
interface Write {
  readonly path: readonly string[];
  readonly blocks: WrittenBlocks;
  /** The overrides before and after it; `undefined` if there were none. */
  readonly overrides?: { readonly before: LiveResource['propertyOverrides']; readonly after: unknown };
  readonly changes: readonly Change[];
}

/** Why a write is temporary. `early`: other aspects run after it. `late`: a launch template can still become exempt. */
export type Reason = 'early' | 'late';

const WRITES = new ConstructNote<readonly Write[]>('EarlyWrites');

const NONE: readonly never[] = [];

/** Writes into a resource, and notes the former values on it. An exemption may be added later, and then the write is undone. */
export function writeForNow(
  live: LiveResource, carriers: readonly Carrier[], reason: Reason, write: (carrier: Carrier) => readonly Change[],
): readonly Change[] {
  return carriers.flatMap(carrier => {
    const { path } = carrier;
    const before = valueAt(path, live);
    const overrides = live.propertyOverrides;
    const changes = write(carrier);
    if (changes.length > 0) {
      const blocks = WrittenBlocks.between(before, valueAt(path, live), reason === 'early');
      noteWrite(live.resource, { path, blocks, overrides: { before: overrides, after: live.propertyOverrides.value }, changes });
    }
    return changes;
  });
}

/** Notes a temporary write into a resource. */
export function noteWrite(resource: CfnResource, write: Write): void {
  const writes = WRITES.of(resource);
  WRITES.write(resource, writes ? [...writes, write] : [write]);
}

/** Makes all writes into a resource final. */
export function settle(resource: CfnResource): void {
  const writes = writesOf(resource);
  for (let index = 0; index < writes.length; index++) { writes[index].blocks.settle(); }
}

/**
 * Undoes the temporary writes into a resource. Values that others wrote since are kept.
 *
 * @returns whether there was something to undo
 */
export function takeBack(resource: CfnResource): boolean {
  const writes = writesOf(resource);
  if (writes.length === 0) { return false; }
  WRITES.write(resource, NONE);
  const live = new LiveResource(resource);
  for (const { path, blocks, overrides, changes } of [...writes].reverse()) {
    const now = valueAt(path, live);
    const without = blocks.without(now);
    if (without !== now) { live.write(path, without); }
    blocks.settle();
    if (overrides && overrides.before.value !== overrides.after && live.propertyOverrides.value === overrides.after) {
      live.restorePropertyOverrides(overrides.before);
    }
    forgetChanges(resource, changes);
  }
  return true;
}

function writesOf(resource: CfnResource): readonly Write[] {
  return WRITES.of(resource) ?? NONE;
}

function valueAt(path: readonly string[], live: LiveResource): unknown {
  return live.written(path)?.value;
}
