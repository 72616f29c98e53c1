import type { IConstruct } from 'constructs';
import type { Change } from './writing-visitor';

const CHANGES = Symbol.for('cdk-imdsv2.Changes');

const FILLED = Symbol.for('cdk-imdsv2.FilledHopLimit');

/** A construct, with what enforcement changed in it. */
interface Bearer {
  [CHANGES]?: readonly Change[];
  [FILLED]?: boolean;
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

/** Notes on a construct that its hop limit is from us: it does not count as one that the user decided. */
export function noteFilledHopLimit(construct: IConstruct): void {
  Object.defineProperty(construct, FILLED, { value: true, enumerable: false, configurable: true });
}

/** Whether the hop limit of a construct is from us, by whatever enforcement. */
export function hasFilledHopLimit(construct: IConstruct): boolean {
  return (construct as Bearer)[FILLED] === true;
}
