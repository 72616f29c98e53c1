/** Counts what is read of values, however it is read. */
export class CountedReads {
  public count = 0;

  /** The value, of which every property and every element that is read is counted, in what is in it as well. */
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
