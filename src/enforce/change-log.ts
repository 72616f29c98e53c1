import type { IConstruct } from 'constructs';
import { forgetDeciders, noteDeciders } from '../inspect/noted-deciders';
import { ConstructNote } from '../model/construct-note';
import type { WantedSettings } from '../model/settings';
import type { Change } from './writing-visitor';

/** Settings that were unset, with the values that enforcement wrote. */
export type Fills = Partial<Omit<WantedSettings, 'tokens'>>;

const CHANGES = new ConstructNote<readonly Change[]>('Changes');
const FILLS = new ConstructNote<Fills>('Fills');

/** Notes the changes in a construct, for later visits of it and of its launchers. */
export function noteChanges(construct: IConstruct, changes: readonly Change[]): void {
  if (changes.length === 0) { return; }
  const before = CHANGES.of(construct);
  CHANGES.write(construct, before ? [...before, ...changes] : changes);
  for (const { overwritten } of changes) { noteDeciders(construct, overwritten); }
}

/** All changes in a construct so far. */
export function changesIn(construct: IConstruct): readonly Change[] {
  return CHANGES.of(construct) ?? [];
}

/** Removes changes from the log, because they were undone. */
export function forgetChanges(construct: IConstruct, changes: readonly Change[]): void {
  const others = changesIn(construct).filter(change => !changes.includes(change));
  CHANGES.write(construct, others);
  forgetDeciders(construct);
  for (const { overwritten } of others) { noteDeciders(construct, overwritten); }
}

/** Notes on a construct which settings enforcement wrote. They do not count as decided by the user. */
export function noteFills(construct: IConstruct, fills: Fills): void {
  if (Object.keys(fills).length === 0) { return; }
  FILLS.write(construct, { ...fillsIn(construct), ...fills });
}

/** The settings of a construct that any enforcement wrote. */
export function fillsIn(construct: IConstruct): Fills {
  return FILLS.of(construct) ?? {};
}
