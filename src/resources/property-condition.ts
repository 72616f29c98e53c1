import { branchesOf, isAbsent, isObject, ownValue } from '../model/intrinsics';
import { parsePath } from './path';
import type { PropertyCondition } from './record';

/** A condition for the value at a path. */
interface Question {
  readonly path: readonly string[];
  readonly accepts: (value: unknown) => boolean;
}

/** The maximum depth of nested conditions and properties. Deeper values may be anything. */
const MAX_DEPTH = 1000;

/** Whether a condition holds in at least one branch of the properties. */
export function mayHold(when: PropertyCondition, properties: unknown): boolean {
  return mayAnswer(properties, questionsOf(when), 0);
}

function questionsOf({ present, absent, unless }: PropertyCondition): readonly Question[] {
  return [
    ...present === undefined ? [] : [{ path: parsePath(present), accepts: isThere }],
    ...absent === undefined ? [] : [{ path: parsePath(absent), accepts: (value: unknown) => !isThere(value) }],
    ...unless ? [{ path: parsePath(unless.path), accepts: (value: unknown) => !unless.values.some(other => other === value) }] : [],
  ];
}

/**
 * Whether all questions have the wanted answer in at least one branch. Each branch is read once: values in different properties are decided by each
 * of them, and a condition around several by its branches.
 */
function mayAnswer(value: unknown, questions: readonly Question[], depth: number): boolean {
  if (questions.length === 0 || depth > MAX_DEPTH) { return true; }
  const branches = branchesOf(value);
  if (branches) { return [branches.whenTrue, branches.whenFalse].some(branch => mayAnswer(branch, questions, depth + 1)); }
  if (!questions.every(({ path, accepts }) => path.length > 0 || accepts(value))) { return false; }
  const below = questions.filter(({ path }) => path.length > 0);
  return [...new Set(below.map(({ path }) => path[0]))].every(head => mayAnswer(
    isObject(value) ? ownValue(value, head) : undefined,
    below.filter(({ path }) => path[0] === head).map(({ path: [, ...path], accepts }) => ({ path, accepts })),
    depth + 1,
  ));
}

function isThere(value: unknown): boolean {
  return !isAbsent(value) && !(Array.isArray(value) && value.length === 0);
}
