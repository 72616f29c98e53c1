import type { Context } from '../custom-resource/event';
import { messageOf } from '../custom-resource/message-of';
import type { Changes, ChangesByRegion } from './changes';
import { heldByOthers } from './confirmed';
import type { Event } from './event';
import { RegionDefaults } from './region-defaults';
import { undo } from './undo';

/** What became of changes in several Regions. */
export interface UndoneRegions {
  readonly words: readonly string[];
  readonly left: ChangesByRegion;
}

/** Undoes changes in every Region that no other resource of the stack holds. It never fails. */
export async function undoRegions(event: Event, changes: ChangesByRegion, context: Context): Promise<UndoneRegions> {
  try {
    const isHeld = await heldByOthers(event, context);
    const held = [...changes.keys()].filter(isHeld);
    const ours = [...changes].filter(([region]) => !isHeld(region));
    const { words, left } = await undoAll(ours.map(([region, each]) => [new RegionDefaults(region, context), each]));
    return { words: [...words, ...held.map(region => `${region}: left to another resource of the stack`)], left };
  } catch (error) {
    return { words: [`${[...changes.keys()].join()}: left, CloudFormation cannot be asked: ${messageOf(error)}`], left: changes };
  }
}

/** Undoes changes in several Regions. It never fails. */
export async function undoAll(changes: readonly (readonly [RegionDefaults, Changes])[]): Promise<UndoneRegions> {
  const undone = await Promise.all(changes.map(async ([defaults, each]) => ({ region: defaults.region, ...await undo(defaults, each) })));
  return {
    words: undone.filter(({ words }) => words).map(({ region, words }) => `${region}: ${words}`),
    left: new Map(undone.filter(({ left }) => left.size).map(({ region, left }) => [region, left])),
  };
}
