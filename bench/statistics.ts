/** The median. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The minimum, which is the round with the fewest disturbances, because these can only add time. */
export function least(values: readonly number[]): number {
  return Math.min(...values);
}

/** Whether the first values are greater by more than noise: their minimum is greater than the maximum of the others. */
export function isClearlyMore(ones: readonly number[], others: readonly number[]): boolean {
  return Math.min(...ones) > Math.max(...others);
}
