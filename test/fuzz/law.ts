import type * as fc from 'fast-check';

/** A law: a property of every subject of a kind. */
export interface Law<Subject> {
  readonly title: string;
  /** Throws if the law is broken. */
  readonly check: (subject: Subject) => void;
}

/** Plans of one kind, the subject that is built from a plan, and its laws. */
export interface Kind<Plan = unknown, Subject = unknown> {
  readonly name: string;
  /** Plans are data, so a counterexample can be printed, stored, and built again. */
  readonly plans: fc.Arbitrary<Plan>;
  readonly open: (plan: Plan) => Subject;
  readonly laws: readonly Law<Subject>[];
}

/** A kind without its types. A list of kinds has members of different types. */
export function kind<Plan, Subject>(it: Kind<Plan, Subject>): Kind {
  return it as unknown as Kind;
}

/** Fails if two values differ as JSON, with any order of keys. */
export function same(got: unknown, expected: unknown, what = 'they differ'): void {
  const [one, other] = [canonical(got), canonical(expected)];
  if (one !== other) { throw new Error(`${what}\n  got      ${one}\n  expected ${other}`); }
}

/** Fails with a list of faults, if there are any. */
export function none(found: readonly unknown[], what: string): void {
  if (found.length > 0) { throw new Error(`${what}: ${found.map(each => typeof each === 'string' ? each : canonical(each)).join('\n  ')}`); }
}

/** A value as JSON with sorted keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => typeof each === 'object' && each !== null && !Array.isArray(each)
    ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => one < other ? -1 : 1))
    : each) ?? 'nothing';
}

/** Computes a value at its first use. Many laws read the same one, and some read none. */
export function once<T>(compute: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => (result ??= { value: compute() }).value;
}
