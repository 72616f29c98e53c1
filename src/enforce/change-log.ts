import type { IConstruct } from 'constructs';
import type { WantedSettings } from '../model/settings';
import type { Change } from './writing-visitor';

const CHANGES = Symbol.for('cdk-imdsv2.Changes');

const FILLS = Symbol.for('cdk-imdsv2.Fills');

/** Settings that were unset, and what they were filled with. */
export type Fills = Partial<Omit<WantedSettings, 'tokens'>>;

/** A construct, with what enforcement changed in it. */
interface Bearer {
  [CHANGES]?: readonly Change[];
  [FILLS]?: Fills;
}

/** Notes on a construct what was changed in it, for passes and mixins that come by its launchers, or by itself, later. */
export function noteChanges(construct: IConstruct, changes: readonly Change[]): void {
  if (changes.length === 0) { return; }
  Object.defineProperty(construct, CHANGES, { value: [...changesIn(construct), ...changes], enumerable: false, configurable: true });
}

/** Everything that was changed in a construct so far. */
export function changesIn(construct: IConstruct): readonly Change[] {
  return (construct as Bearer)[CHANGES] ?? [];
}

/** Notes on a construct which settings are from us: they do not count as ones that the user decided. */
export function noteFills(construct: IConstruct, fills: Fills): void {
  if (Object.keys(fills).length === 0) { return; }
  Object.defineProperty(construct, FILLS, { value: { ...fillsIn(construct), ...fills }, enumerable: false, configurable: true });
}

/** The settings of a construct that are from us, by whatever enforcement. */
export function fillsIn(construct: IConstruct): Fills {
  return (construct as Bearer)[FILLS] ?? {};
}
