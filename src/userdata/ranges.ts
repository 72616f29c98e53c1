/** A range of a script: that of a request. */
export interface Range {
  readonly pos: number;
  readonly end: number;
}

/** Ranges of a script, in their order. */
export class Ranges {
  public static of(ranges: readonly Range[]): Ranges {
    return new Ranges([...ranges].sort((first, second) => first.pos - second.pos));
  }

  /** The largest end of each range and those before it. */
  private readonly ends: number[] = [];

  private constructor(private readonly sorted: readonly Range[]) {
    let largest = -1;
    for (const { end } of sorted) {
      largest = Math.max(largest, end);
      this.ends.push(largest);
    }
  }

  /** Whether one of them overlaps a range. */
  public overlap({ pos, end }: Range): boolean {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.sorted[middle].pos < end) { low = middle + 1; } else { high = middle; }
    }
    return low > 0 && this.ends[low - 1] > pos;
  }
}
