/** Whether two parts of a template are equal. The order of keys does not matter. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) { return true; }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) { return false; }
  const [left, right] = [one, other].map(value => new Map<string, unknown>(Object.entries(value)));
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && isSameJson(value, right.get(key)));
}
