import { createHash } from 'crypto';
import type { Mutant } from './mutants';

/** As many mutants as were asked for. A mutant is drawn by what it is, not by its number: changes elsewhere leave most of a sample as it was. */
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
