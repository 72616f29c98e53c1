import type { CfnResource } from 'aws-cdk-lib';
import { ConstructNote } from '../model/construct-note';
import type { WantedSettings } from '../model/settings';
import { LiveResource } from '../resources/live-resource';
import type { Carrier } from '../resources/record';
import { forgetChanges } from './change-log';
import type { ResourceWriter } from './resource-writer';
import type { Change } from './writing-visitor';

/** What stands in the place of a carrier: what the user wrote, and the overrides. */
interface Standing {
  readonly value: unknown;
  readonly overrides: LiveResource['propertyOverrides'];
}

/** What a write changed, so that it can be taken back. */
interface Write {
  readonly path: readonly string[];
  readonly before: Standing;
  readonly after: Standing;
  readonly changes: readonly Change[];
}

const WRITES = new ConstructNote<readonly Write[]>('EarlyWrites');

/** Writes what is wanted into a resource, and notes on it what stood there: what exempts it may come later. */
export function writeForNow(writer: ResourceWriter, carriers: readonly Carrier[], wanted: WantedSettings): readonly Change[] {
  const { live } = writer;
  return carriers.flatMap(carrier => {
    const before = standingAt(carrier.path, live);
    const changes = writer.write(carrier, wanted);
    if (changes.length > 0) { noteWrite(live, { path: carrier.path, before, after: standingAt(carrier.path, live), changes }); }
    return changes;
  });
}

/**
 * Takes back what was written for now, where nobody wrote something else since.
 *
 * @returns whether there was something to take back
 */
export function takeBack(resource: CfnResource): boolean {
  const writes = WRITES.of(resource) ?? [];
  if (writes.length === 0) { return false; }
  WRITES.write(resource, []);
  const live = new LiveResource(resource);
  for (const { path, before, after, changes } of [...writes].reverse()) {
    const now = standingAt(path, live);
    if (now.value === after.value && before.value !== after.value) { live.write(path, before.value); }
    const isOverridden = before.overrides.value !== after.overrides.value;
    if (isOverridden && now.overrides.value === after.overrides.value) { live.restorePropertyOverrides(before.overrides); }
    forgetChanges(resource, changes);
  }
  return true;
}

function noteWrite({ resource }: LiveResource, write: Write): void {
  WRITES.write(resource, [...WRITES.of(resource) ?? [], write]);
}

function standingAt(path: readonly string[], live: LiveResource): Standing {
  return { value: live.written(path)?.value, overrides: live.propertyOverrides };
}
