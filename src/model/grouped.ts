/** The values of each key, in the order of the pairs. */
export function grouped<Key, Value>(pairs: readonly (readonly [Key, Value])[]): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (let index = 0; index < pairs.length; index++) {
    const { 0: key, 1: value } = pairs[index];
    const group = groups.get(key);
    if (group) { group.push(value); } else { groups.set(key, [value]); }
  }
  return groups;
}
