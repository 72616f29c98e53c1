/** Chooses one of several possibilities. The key names the choice. */
export type Choose = (key: string, of: number) => number;

/** The most combinations that are tried. Plans are small. */
const LIMIT = 2_000;

/**
 * The results of all combinations of choices. `undefined` if there are too many.
 *
 * @param isConsistent whether a key has one value everywhere, like a condition; otherwise each use is a separate choice
 */
export function inEveryWay<T>(decide: (choose: Choose) => T, isConsistent: boolean): readonly T[] | undefined {
  const results: T[] = [];
  let way: readonly number[] | undefined = [];
  while (way) {
    if (results.length >= LIMIT) { return undefined; }
    const made: Made[] = [];
    results.push(decide(chooserAlong(way, made, isConsistent)));
    way = next(made);
  }
  return results;
}

/** A choice that was made. */
interface Made {
  readonly index: number;
  readonly of: number;
}

function chooserAlong(way: readonly number[], made: Made[], isConsistent: boolean): Choose {
  const known = new Map<string, number>();
  return (key, of) => {
    const before = isConsistent ? known.get(key) : undefined;
    if (before !== undefined) { return before; }
    const index = way[made.length] ?? 0;
    made.push({ index, of });
    known.set(key, index);
    return index;
  };
}

/** The next combination: the last choice with another possibility takes it. */
function next(made: readonly Made[]): number[] | undefined {
  for (let last = made.length - 1; last >= 0; last--) {
    if (made[last].index + 1 < made[last].of) { return [...made.slice(0, last).map(({ index }) => index), made[last].index + 1]; }
  }
  return undefined;
}
