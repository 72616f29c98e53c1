import { isObject } from '../model/intrinsics';

/** A part of a JSON document that is not valid. */
export interface JsonFault {
  /** Its place: `$.regions[0].region`. */
  readonly path: string;
  /** The expected value, in words. */
  readonly expected: string;
  /** The found value, or `undefined`. */
  readonly got: unknown;
}

/** The expected form of a part of a JSON document: finds the first fault in it. */
export type JsonKind = (value: unknown, path: string) => JsonFault | undefined;

/** The expected form of each property of an interface. The compiler requires all properties. */
type Properties<T> = { readonly [name in keyof Required<T>]: JsonKind };

/** A value without parts. */
export function plain(expected: string, accepts: (value: unknown) => boolean): JsonKind {
  return (value, path) => accepts(value) ? undefined : { path, expected, got: value };
}

/** A text. Without a pattern, any text that is not empty. */
export function text(expected = 'a string that is not empty', pattern = /^[^]/): JsonKind {
  return plain(expected, value => typeof value === 'string' && pattern.test(value));
}

/** One of some texts. */
export function oneOf(texts: readonly string[]): JsonKind {
  return plain(`one of ${texts.map(each => `'${each}'`).join(', ')}`, value => texts.some(each => each === value));
}

/** An optional part. */
export function optional(kind: JsonKind): JsonKind {
  return (value, path) => value === undefined ? undefined : kind(value, path);
}

export function listOf(kind: JsonKind): JsonKind {
  return (value, path) => {
    if (!Array.isArray(value)) { return { path, expected: 'a list', got: value }; }
    return firstFault(value, (element, index) => kind(element, `${path}[${index}]`));
  };
}

/** An object with these properties. Other properties are allowed, because a newer version can have more. */
export function objectOf<T>(properties: Properties<T>): JsonKind {
  const kinds = Object.entries<JsonKind>(properties);
  return (value, path) => {
    if (!isObject(value)) { return { path, expected: 'an object', got: value }; }
    return firstFault(kinds, ([name, kind]) => kind(Object.hasOwn(value, name) ? value[name] : undefined, `${path}.${name}`));
  };
}

function firstFault<T>(list: readonly T[], find: (element: T, index: number) => JsonFault | undefined): JsonFault | undefined {
  for (const [index, element] of list.entries()) {
    const fault = find(element, index);
    if (fault) { return fault; }
  }
  return undefined;
}
