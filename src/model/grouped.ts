/** Pairs of a key and a value as lists of values by key, in the order of the pairs. */
export function grouped<Key, Value>(pairs: Iterable<readonly [Key, Value]>): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) { group.push(value); } else { groups.set(key, [value]); }
  }
  return groups;
}
