/** The value in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The round that was disturbed least: what else the machine does can only add to the time. */
export function least(values: readonly number[]): number {
  return Math.min(...values);
}

/** Whether the ones are more than the others by more than noise: the middle halves of both do not even touch. */
export function isClearlyMore(ones: readonly number[], others: readonly number[]): boolean {
  return quantile(ones, 0.25) > quantile(others, 0.75);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.ceil(position);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
