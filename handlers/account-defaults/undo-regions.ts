import type { ChangesByRegion, Changes } from './changes';
import type { Others } from './others';
import type { RegionDefaults } from './region-defaults';
import { strongest } from './stronger';
import { type Target, toBefore, undo } from './undo';

/** The result of undoing changes in several Regions. */
export interface UndoneRegions {
  readonly words: readonly string[];
  readonly left: ChangesByRegion;
}

/**
 * Returns the value for a field that a resource no longer manages. In a rollback, that is the value that other resources want, or else the former
 * value. Otherwise, the field stays as it is if another resource manages it, unless that one wants a stronger value.
 */
export function targetBeside(others: Others, isWayBack: boolean): Target {
  return (field, { before, written }, region) => {
    if (!others.hold(region, field)) { return before; }
    const [first, ...more] = others.wanted(region, field);
    const isKnown = first !== undefined;
    const best = strongest(field, isKnown && isWayBack ? [first, ...more] : [written, isKnown ? first : before, ...more]);
    return best === written ? undefined : best;
  };
}

/** Undoes changes in several Regions. It never fails. */
export async function undoAll(changes: readonly (readonly [RegionDefaults, Changes])[], target: Target = toBefore): Promise<UndoneRegions> {
  const undone = await Promise.all(changes.map(async ([defaults, each]) => ({ region: defaults.region, ...await undo(defaults, each, target) })));
  return {
    words: undone.filter(({ words }) => words).map(({ region, words }) => `${region}: ${words}`),
    left: new Map(undone.filter(({ left }) => left.size).map(({ region, left }) => [region, left])),
  };
}
