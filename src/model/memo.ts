/** Creates a value for each key at its first use, and keeps it. */
export class Memo<Key extends object | string, Value> {
  private readonly known = new Map<Key, Value>();

  public constructor(private readonly make: (key: Key) => Value) {}

  /** The value of a key. */
  public of(key: Key): Value {
    const known = this.known.get(key);
    if (known !== undefined || this.known.has(key)) { return known as Value; }
    const value = this.make(key);
    this.known.set(key, value);
    return value;
  }
}
