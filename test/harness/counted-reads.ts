/** Counts the reads of values. */
export class CountedReads {
  public count = 0;

  /** A value whose properties and elements are counted when they are read, at any depth. */
  public of<T>(value: T): T {
    if (typeof value !== 'object' || value === null) { return value; }
    return new Proxy(value, {
      get: (target, key, receiver) => {
        this.count += 1;
        return this.of(Reflect.get(target, key, receiver) as unknown);
      },
    });
  }
}
