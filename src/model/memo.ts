/** Something that is made once for each key, when it is first asked for. */
export class Memo<Key extends object | string, Value> {
  private readonly known = new Map<Key, Value>();

  public constructor(private readonly make: (key: Key) => Value) {}

  /** The one value of a key. */
  public of(key: Key): Value {
    const known = this.known.get(key);
    if (known !== undefined || this.known.has(key)) { return known as Value; }
    const value = this.make(key);
    this.known.set(key, value);
    return value;
  }
}
