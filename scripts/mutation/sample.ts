import { createHash } from 'crypto';
import type { Mutant } from './mutants';

/** Selects a number of mutants. The selection depends on the mutant itself, not on its index, so changes elsewhere keep most of a sample. */
export function sample(mutants: readonly Mutant[], size: number, seed: string): Mutant[] {
  const seen = new Map<string, number>();
  const ranked = mutants.map(mutant => {
    const { file, mutator, original, replacement } = mutant;
    const name = JSON.stringify([file, mutator, original, replacement]);
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return { mutant, rank: createHash('sha256').update(`${seed} ${name} ${nth}`).digest('hex') };
  });
  return ranked.sort((a, b) => a.rank < b.rank ? -1 : 1).slice(0, size).map(({ mutant }) => mutant);
}
