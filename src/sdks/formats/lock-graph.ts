/** Who asks for what in a lock file, by keys of packages. A reference that leads nowhere is a key without needs. */
export interface LockGraph {
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** What projects ask for, and what they ask for only while they are developed. */
  readonly shipped: Iterable<string>;
  readonly forDevelopment: Iterable<string>;
}

/** The packages that projects ask for only while they are developed, by their keys. There are none where a reference leads nowhere. */
export function forDevelopmentOnly({ needs, shipped, forDevelopment }: LockGraph): ReadonlySet<string> {
  const [inUse, inDevelopment] = [reached(shipped, needs), reached(forDevelopment, needs)];
  const isWhole = [...inUse, ...inDevelopment].every(key => needs.has(key));
  return new Set(isWhole ? [...inDevelopment].filter(key => !inUse.has(key)) : []);
}

/** A set grows while it is walked through. */
export function reached(from: Iterable<string>, needs: LockGraph['needs']): ReadonlySet<string> {
  const all = new Set(from);
  for (const key of all) { (needs.get(key) ?? []).forEach(each => all.add(each)); }
  return all;
}
