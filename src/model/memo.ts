/** Something that is made once for each key, when it is first asked for. */
export class Memo<Key extends object, Value> {
  private readonly known = new Map<Key, { readonly value: Value }>();

  public constructor(private readonly make: (key: Key) => Value) {}

  /** The one value of a key. */
  public of(key: Key): Value {
    let entry = this.known.get(key);
    if (!entry) {
      entry = { value: this.make(key) };
      this.known.set(key, entry);
    }
    return entry.value;
  }
}
