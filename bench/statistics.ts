/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The round that was disturbed least: what else the machine does can only add to the time. */
export function least(values: readonly number[]): number {
  return Math.min(...values);
}

/** Whether the ones are more than the others by more than noise: the least of them is more than the most of the others. */
export function isClearlyMore(ones: readonly number[], others: readonly number[]): boolean {
  return Math.min(...ones) > Math.max(...others);
}
