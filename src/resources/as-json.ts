/**
 * A value as it is read from a template after CDK has written it as JSON: `null` for a number that JSON does not have. If nothing changes, it returns
 * the same object. Tokens stay. So do keys without a value, which delete when they are merged, and `undefined` in a list, because overrides count by
 * index.
 */
export function asJson(value: unknown): unknown {
  if (typeof value === 'number') { return Number.isFinite(value) ? value : null; }
  if (typeof value !== 'object' || value === null) { return value; }
  if (Array.isArray(value)) { return elementsAsJson(value); }
  return isPlain(value) ? entriesAsJson(value as { readonly [key: string]: unknown }) : value;
}

/** Whether JSON changes a value that is not a token: a number that JSON does not have, or a symbol, which CDK turns into an object. */
export function isWrittenOtherwise(value: unknown): boolean {
  return typeof value === 'number' ? !Number.isFinite(value) : typeof value === 'symbol';
}

/** Whether an object is a map of names, and not a token or an instance of a class. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function elementsAsJson(list: readonly unknown[]): readonly unknown[] {
  const elements = list.map(asJson);
  return elements.some((element, index) => element !== list[index]) ? elements : list;
}

function entriesAsJson(object: { readonly [key: string]: unknown }): object {
  const changed: [string, unknown][] = [];
  for (const key of Object.keys(object)) {
    const value = asJson(object[key]);
    if (value !== object[key]) { changed.push([key, value]); }
  }
  return changed.length === 0 ? object : { ...object, ...Object.fromEntries(changed) };
}
