import type * as fc from 'fast-check';

/** Something that holds of every subject of a kind. */
export interface Law<Subject> {
  readonly title: string;
  /** Throws where it does not hold. */
  readonly check: (subject: Subject) => void;
}

/** Plans of one kind, what is built out of one, and the laws that hold of it. */
export interface Kind<Plan = unknown, Subject = unknown> {
  readonly name: string;
  /** Plans are data: a counterexample can be printed, kept, and built again. */
  readonly plans: fc.Arbitrary<Plan>;
  readonly open: (plan: Plan) => Subject;
  readonly laws: readonly Law<Subject>[];
}

/** A kind by itself: with others it stands in a list whose members have nothing in common. */
export function kind<Plan, Subject>(it: Kind<Plan, Subject>): Kind {
  return it as unknown as Kind;
}

/** Fails where two values differ as JSON, whatever the order of their keys. */
export function same(got: unknown, expected: unknown, what = 'they differ'): void {
  const [one, other] = [canonical(got), canonical(expected)];
  if (one !== other) { throw new Error(`${what}\n  got      ${one}\n  expected ${other}`); }
}

/** Fails with the list of what should not be. */
export function none(found: readonly unknown[], what: string): void {
  if (found.length > 0) { throw new Error(`${what}: ${found.map(each => typeof each === 'string' ? each : canonical(each)).join('\n  ')}`); }
}

/** A value as JSON with its keys in the order of the alphabet. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => typeof each === 'object' && each !== null && !Array.isArray(each)
    ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => one < other ? -1 : 1))
    : each) ?? 'nothing';
}

/** Computes a value when it is first asked for: many laws look at the same one, and some at none. */
export function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => (result ??= { value: compute() }).value;
}
