import type { InstanceMetadataDefaultsResponse } from '@aws-sdk/client-ec2';
import { timeLeft } from '../custom-resource/in-time';
import { messageOf } from '../custom-resource/message-of';
import { type Change, type Changes, changesOf } from './changes';
import { type Defaults, type Field, inWords, type Setting, type Value, valueIn } from './defaults';
import { governed } from './policy';
import type { RegionDefaults } from './region-defaults';

/** What became of changes that were to be undone. */
export interface Undone {
  /** What is undone and what is left, in words; empty where there was nothing to do. */
  readonly words: string;

  /** The changes that could not be undone. What somebody else changed since is not among them: it is not ours any more. */
  readonly left: Changes;
}

/** What a field is to be that still is as it was left; nothing where it stays for another resource of the stack. */
export type Target = (field: Field, change: Change, region: string) => Value | undefined;

/** What was there before. */
export const toBefore: Target = (_, { before }) => before;

/** How often to read what already is as it was before, and how long to wait in between, in milliseconds: EC2 may answer for a while what was before. */
const LOOKS = 3;
const PAUSE = 5_000;

/** Undoes changes of one Region, each only where the field still is as it was left. It never fails. */
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

/** What EC2 answers, after a while where it may not know yet what was written. */
async function settled(defaults: RegionDefaults, changes: Changes): Promise<InstanceMetadataDefaultsResponse> {
  for (let look = 1; ; look++) {
    const found = await defaults.read();
    const seen = [...changes].filter(([field, { before, written }]) => before !== written && !defaults.unseen.has(field));
    const isAsBefore = seen.some(([field, { before }]) => valueIn(found, field) === before);
    if (!isAsBefore || look === LOOKS || timeLeft(defaults.context) < PAUSE) { return found; }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}

/** That tokens are no longer required, where that stays enforced all the same. */
function neededFor(due: readonly Setting[], found: Defaults): Setting[] {
  const isEnforced = (new Map(due).get('HttpTokensEnforced') ?? found.HttpTokensEnforced) === 'enabled';
  return due.filter(([field, value]) => isEnforced && field === 'HttpTokens' && value !== 'required');
}
