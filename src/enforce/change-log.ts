import type { IConstruct } from 'constructs';
import type { Change } from './writing-visitor';

const CHANGES = Symbol.for('cdk-imdsv2.Changes');

/** A construct, with what enforcement changed in it. */
interface Bearer {
  [CHANGES]?: readonly Change[];
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
