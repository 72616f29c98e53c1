/** A JSON object, as in a template. */
export interface Json { [key: string]: unknown }

/** An object with one value at a path such as `LaunchTemplateData.MetadataOptions`. Empty if the value is `undefined`. */
export function nest(path: string, value: unknown): Json {
  const [head, ...rest] = path.split('.');
  if (value === undefined) { return {}; }
  return { [head]: rest.length === 0 ? value : nest(rest.join('.'), value) };
}

/** The object without one of its keys. */
export function omit(object: Json, key: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** The object with a key, or without it if the value is `undefined`. */
export function put(object: Json, key: string, value: unknown): Json {
  return value === undefined ? object : { ...object, [key]: value };
}

/** The value, deeply frozen: writing to it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
