import * as fc from 'fast-check';
import type { Kind, Law } from './law';

/** A plan that breaks a law, as small as possible. */
export interface Counterexample {
  readonly kind: string;
  readonly law: string;
  /** The arguments that reproduce it. */
  readonly again: string;
  readonly plan: unknown;
  readonly message: string;
}

/** How many plans are tried in a row. After a counterexample, the search continues with the next row. */
const ROW = 100;
/** How many smaller plans are tried after a law is broken. */
const SHRINKS = 600;
/** The longest search for a smaller plan in a row, in milliseconds. */
const PATIENCE = 60_000;

/** Tries the laws of a kind with a number of plans, and reports each counterexample at once. The same seed tries the same plans. */
export function fuzz(kind: Kind, seed: number, count: number, tell: (found: Counterexample) => void = () => undefined): Counterexample[] {
  const rows = Math.ceil(count / ROW);
  return Array.from({ length: rows }, (_, row) => {
    const again = `--kind ${kind.name} --seed ${seed} --count ${Math.min(count, (row + 1) * ROW)}`;
    const found = fuzzRow(kind, seedOf(seed, row), Math.min(ROW, count - row * ROW)).map(each => ({ ...each, again }));
    found.forEach(tell);
    return found;
  }).flat();
}

/** A seed for each row. Rows of neighbouring seeds differ. */
function seedOf(seed: number, row: number): number {
  return Math.imul(seed, 1_000_003) + row;
}

function fuzzRow(kind: Kind, seed: number, numRuns: number): Omit<Counterexample, 'again'>[] {
  let broken: Law<unknown> | undefined;
  let [shrinks, since] = [0, 0];
  const property = fc.property(kind.plans, plan => {
    if (broken && (++shrinks > SHRINKS || Date.now() - since > PATIENCE)) { return; }
    const subject = kind.open(plan);
    // A smaller plan can break another law. That one is found in another row.
    for (const law of broken ? [broken] : kind.laws) {
      try {
        law.check(subject);
      } catch (error) {
        if (!broken) { [broken, since] = [law, Date.now()]; }
        throw error;
      }
    }
  });
  const { failed, counterexample, errorInstance } = fc.check(property, { seed, numRuns });
  if (!failed) { return []; }
  return [{ kind: kind.name, law: broken?.title ?? 'a plan can be built', plan: counterexample?.[0], message: messageOf(errorInstance) }];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
