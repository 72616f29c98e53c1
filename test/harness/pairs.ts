import { createHash } from 'crypto';

/** As few of the rows as still have every pair of values of different factors that there is in a row. */
export function pairs<T>(rows: readonly T[], factors: (row: T) => readonly string[]): T[] {
  return covering(rows, row => {
    const values = factors(row).map((value, factor) => `${factor} ${value}`);
    return values.flatMap((one, index) => values.slice(index + 1).map(other => JSON.stringify([one, other])));
  });
}

/** As few of the rows as still have everything that one of them has. */
export function covering<T>(rows: readonly T[], having: (row: T) => readonly string[]): T[] {
  const mixed = rows
    .map((row, index) => ({ row, index, has: having(row) }))
    // An order that has nothing to do with the values spreads them evenly.
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
