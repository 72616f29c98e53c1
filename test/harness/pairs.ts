import { createHash } from 'crypto';

/** The fewest rows with every pair of values of different factors. */
export function pairs<T>(rows: readonly T[], factors: (row: T) => readonly string[]): T[] {
  return covering(rows, row => {
    const values = factors(row).map((value, factor) => `${factor} ${value}`);
    return values.flatMap((one, index) => values.slice(index + 1).map(other => JSON.stringify([one, other])));
  });
}

/** The fewest rows with every property of the given rows. */
export function covering<T>(rows: readonly T[], having: (row: T) => readonly string[]): T[] {
  const mixed = rows
    .map((row, index) => ({ row, index, has: having(row) }))
    // An order without relation to the values spreads them evenly.
    .sort((a, b) => digest(a.has) < digest(b.has) ? -1 : 1);
  const missing = new Set(mixed.flatMap(({ has }) => has));
  const chosen: { readonly row: T; readonly index: number }[] = [];
  for (let gain = Math.max(...mixed.map(({ has }) => has.length)); gain > 0; gain--) {
    for (const candidate of mixed) {
      if (candidate.has.filter(one => missing.has(one)).length < gain) { continue; }
      candidate.has.forEach(one => missing.delete(one));
      chosen.push(candidate);
    }
  }
  return chosen.sort((a, b) => a.index - b.index).map(({ row }) => row);
}

function digest(has: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(has)).digest('hex');
}
