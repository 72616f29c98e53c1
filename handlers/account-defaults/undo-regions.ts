import type { ChangesByRegion, Changes } from './changes';
import type { Others } from './others';
import type { RegionDefaults } from './region-defaults';
import { strongest } from './stronger';
import { type Target, toBefore, undo } from './undo';

/** What became of changes in several Regions. */
export interface UndoneRegions {
  readonly words: readonly string[];
  readonly left: ChangesByRegion;
}

/**
 * What a field is to be that a resource no longer holds. On the way back it is what the other resources want, or else what was there before. On the way
 * forward it is left to another resource that holds it, unless that one wants it to be stronger.
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
