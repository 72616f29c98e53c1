/** The items of each bin, by index, in the given order. The bins are in the order of their first items. */
export type Bins = readonly (readonly number[])[];

/** A bin that is being filled. */
interface Bin {
  free: number;
  readonly things: number[];
}

/** How many placements the search tries before it uses the result of first-fit. */
const MAX_TRIES = 100_000;

/**
 * Distributes items over as few bins as possible, always in the same way.
 *
 * Of several solutions with equally few bins, it prefers the one that keeps the order: it is the easiest to read, and changes least when an item is
 * added at the end. With too many items to try all solutions, it may use one bin too many.
 *
 * @param weights the size of each item, at most the capacity
 * @param capacity the capacity of a bin
 */
export function fewestBins(weights: readonly number[], capacity: number): Bins {
  const inOrder = weights.map((_, thing) => thing);
  const heaviestFirst = [...inOrder].sort((one, other) => weights[other] - weights[one] || one - other);
  const ways = [filledInTurn(inOrder, weights, capacity), filledFirst(inOrder, weights, capacity), filledFirst(heaviestFirst, weights, capacity)];
  let fewest = ways.reduce((best, way) => way.length < best.length ? way : best);

  const least = Math.ceil(weights.reduce((sum, weight) => sum + weight, 0) / capacity);
  while (fewest.length > least) {
    const fewer = placedInto(fewest.length - 1, heaviestFirst, weights, capacity);
    if (!fewer) { break; }
    fewest = fewer;
  }
  return sorted(fewest);
}

/** Each item goes into the last bin, or into a new one. */
function filledInTurn(things: readonly number[], weights: readonly number[], capacity: number): Bin[] {
  return filled(things, weights, capacity, (bins, weight) => bins.slice(-1).find(({ free }) => free >= weight));
}

/** Each item goes into the first bin with enough room, or into a new one. */
function filledFirst(things: readonly number[], weights: readonly number[], capacity: number): Bin[] {
  return filled(things, weights, capacity, (bins, weight) => bins.find(({ free }) => free >= weight));
}

/** The existing bin for an item, if there is one. */
type Choice = (bins: readonly Bin[], weight: number) => Bin | undefined;

function filled(things: readonly number[], weights: readonly number[], capacity: number, binFor: Choice): Bin[] {
  const bins: Bin[] = [];
  for (const thing of things) {
    let bin = binFor(bins, weights[thing]);
    if (!bin) { bins.push(bin = { free: capacity, things: [] }); }
    bin.free -= weights[thing];
    bin.things.push(thing);
  }
  return bins;
}

/** Places all items into a number of bins, if the search finds a way within its limit. Bins with the same free space are tried once. */
function placedInto(count: number, things: readonly number[], weights: readonly number[], capacity: number): Bin[] | undefined {
  const bins = Array.from({ length: count }, (): Bin => ({ free: capacity, things: [] }));
  let tries = 0;
  const placeFrom = (next: number): boolean => {
    if (next === things.length) { return true; }
    const weight = weights[things[next]];
    const tried = new Set<number>();
    for (const bin of bins) {
      if (bin.free < weight || tried.has(bin.free)) { continue; }
      if ((tries += 1) > MAX_TRIES) { return false; }
      tried.add(bin.free);
      bin.free -= weight;
      bin.things.push(things[next]);
      if (placeFrom(next + 1)) { return true; }
      bin.things.pop();
      bin.free += weight;
    }
    return false;
  };
  return placeFrom(0) ? bins : undefined;
}

function sorted(bins: readonly Bin[]): Bins {
  return bins.map(({ things }) => [...things].sort((one, other) => one - other)).sort(([one], [other]) => one - other);
}
