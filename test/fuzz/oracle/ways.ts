/** Picks one of so many possibilities; the key says of what. */
export type Choose = (key: string, of: number) => number;

/** More ways than this are not gone: a plan is small. */
const LIMIT = 2_000;

/**
 * What comes out in every way in which choices can turn out; `undefined` where there are too many.
 *
 * @param isConsistent whether what has one key turns out in one way, as a condition does; otherwise each time that it is asked counts by itself
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

/** The way after this one: the last choice that has another possibility left takes it. */
function next(made: readonly Made[]): number[] | undefined {
  for (let last = made.length - 1; last >= 0; last--) {
    if (made[last].index + 1 < made[last].of) { return [...made.slice(0, last).map(({ index }) => index), made[last].index + 1]; }
  }
  return undefined;
}
