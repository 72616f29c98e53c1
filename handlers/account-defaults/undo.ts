import { messageOf } from '../custom-resource/message-of';
import type { Changes } from './changes';
import { inWords, type Setting, valueIn } from './defaults';
import { governed } from './policy';
import type { RegionDefaults } from './region-defaults';

/** What became of changes that were to be undone. */
export interface Undone {
  /** What is undone and what is left, in words; empty where there was nothing to do. */
  readonly words: string;

  /** The changes that could not be undone. What somebody else changed since is not among them: it is not ours any more. */
  readonly left: Changes;
}

/** Undoes changes of one Region, each only where the field still is as it was left. It never fails. */
export async function undo(defaults: RegionDefaults, changes: Changes): Promise<Undone> {
  if (changes.size === 0) { return { words: '', left: changes }; }
  try {
    const found = await defaults.read();
    const ours = [...changes].filter(([field, { written }]) => valueIn(found, field) === written);
    const due = ours.map(([field, { before }]): Setting => [field, before]);
    const others = [...changes].filter(([field, { before, written }]) => ![before, written].includes(valueIn(found, field)));
    const policy = governed(due, found);
    if (policy) { return { words: `left, ${policy}`, left: changes }; }
    await defaults.write(due, found);
    const words = [
      due.length > 0 && `undone: ${due.map(([field, value]) => `${field} is ${value}`).join(', ')}`,
      others.length > 0 && `left, changed by others: ${inWords(others.map(([field, { written }]) => [field, written]), found)}`,
    ];
    return { words: words.filter(Boolean).join(', '), left: new Map() };
  } catch (error) {
    return { words: `left, ${messageOf(error)}`, left: changes };
  }
}
