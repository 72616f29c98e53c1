/** The dependencies in a lock file, by package keys. A key that is not in `needs` is a package that the lock does not contain. */
export interface LockGraph {
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** The direct dependencies of the projects: those for production, and those for development. */
  readonly shipped: Iterable<string>;
  readonly forDevelopment: Iterable<string>;
}

/** The keys of packages that are needed only for development. Empty if the lock is not complete. */
export function forDevelopmentOnly({ needs, shipped, forDevelopment }: LockGraph): ReadonlySet<string> {
  const [inUse, inDevelopment] = [reached(shipped, needs), reached(forDevelopment, needs)];
  const isWhole = [...inUse, ...inDevelopment].every(key => needs.has(key));
  return new Set(isWhole ? [...inDevelopment].filter(key => !inUse.has(key)) : []);
}

/** All keys that can be reached. The loop also visits keys that it adds to the set. */
export function reached(from: Iterable<string>, needs: LockGraph['needs']): ReadonlySet<string> {
  const all = new Set(from);
  for (const key of all) { (needs.get(key) ?? []).forEach(each => all.add(each)); }
  return all;
}
