import type { InstanceMetadataDefaultsResponse } from '@aws-sdk/client-ec2';
import { timeLeft } from '../custom-resource/in-time';
import { messageOf } from '../custom-resource/message-of';
import { type Change, type Changes, changesOf } from './changes';
import { type Defaults, type Field, inWords, type Setting, type Value, valueIn } from './defaults';
import { governed } from './policy';
import type { RegionDefaults } from './region-defaults';

/** The result of undoing changes. */
export interface Undone {
  /** What was undone and what was not, in words. Empty if there was nothing to do. */
  readonly words: string;

  /** The changes that could not be undone. A value that somebody else has changed since is not among them. */
  readonly left: Changes;
}

/** Returns the value for a field that is still as it was written. `undefined` if the field stays for another resource of the stack. */
export type Target = (field: Field, change: Change, region: string) => Value | undefined;

/** The former value. */
export const toBefore: Target = (_, { before }) => before;

/**
 * How often to read a value that is already the former one, and the milliseconds between the reads. EC2 can return the former values for some time.
 */
const LOOKS = 3;
const PAUSE = 5_000;

/** Undoes the changes of one Region, if the field is still as it was written. It never fails. */
export async function undo(defaults: RegionDefaults, changes: Changes, target: Target = toBefore): Promise<Undone> {
  if (changes.size === 0) { return { words: '', left: changes }; }
  try {
    const found = await settled(defaults, changes);
    const isOurs = ([field, { before, written }]: [Field, Change]) =>
      valueIn(found, field) === written || (defaults.unseen.has(field) && valueIn(found, field) === before);
    const ours = [...changes].filter(isOurs);
    const targets = ours.map(([field, change]) => [field, target(field, change, defaults.region)] as const);
    const kept = targets.filter(([, value]) => value === undefined).map(([field]) => field);
    const isDue = (field: Field, value?: Value) => value !== undefined && (value !== valueIn(found, field) || defaults.unseen.has(field));
    const wanted = targets.filter((each): each is [Field, Value] => isDue(...each));
    const needed = neededFor(wanted, found);
    const due = wanted.filter(each => !needed.includes(each));
    const policy = governed(due, found);
    if (policy) { return { words: `not undone: ${policy}`, left: changes }; }
    await defaults.write(due, found);
    const others = [...changes].filter(([field, { before, written }]) => ![before, written].includes(valueIn(found, field)));
    const words = [
      due.length > 0 && `undone: ${due.map(([field, value]) => `${field} is ${value}`).join(', ')}`,
      needed.length > 0 && 'kept: HttpTokens, because HttpTokensEnforced is enabled elsewhere',
      kept.length > 0 && `kept for another resource of the stack: ${kept.join(', ')}`,
      others.length > 0 && `kept, changed elsewhere: ${inWords(others.map(([field, { written }]) => [field, written]), found)}`,
    ];
    return { words: words.filter(Boolean).join(', '), left: changesOf(changes, needed, true) };
  } catch (error) {
    return { words: `not undone: ${messageOf(error)}`, left: changes };
  }
}

/** Reads the defaults, and waits some time if EC2 may not return the written values yet. */
async function settled(defaults: RegionDefaults, changes: Changes): Promise<InstanceMetadataDefaultsResponse> {
  for (let look = 1; ; look++) {
    const found = await defaults.read();
    const seen = [...changes].filter(([field, { before, written }]) => before !== written && !defaults.unseen.has(field));
    const isAsBefore = seen.some(([field, { before }]) => valueIn(found, field) === before);
    if (!isAsBefore || look === LOOKS || timeLeft(defaults.context) < PAUSE) { return found; }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}

/** The settings to optional tokens that must not be undone while enforcement stays on. */
function neededFor(due: readonly Setting[], found: Defaults): Setting[] {
  const isEnforced = (new Map(due).get('HttpTokensEnforced') ?? found.HttpTokensEnforced) === 'enabled';
  return due.filter(([field, value]) => isEnforced && field === 'HttpTokens' && value !== 'required');
}
