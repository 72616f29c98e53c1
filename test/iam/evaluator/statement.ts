const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'] as const;

/** A parsed policy statement. The evaluator supports all its elements. */
export interface Statement {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Listed;
  readonly resources: Listed;
  readonly condition: unknown;
}

/** An element, or its negation: the listed values, or all others. */
export interface Listed {
  readonly patterns: readonly string[];
  readonly negated: boolean;
}

/**
 * Parses the JSON of a statement.
 *
 * @throws Error if it has an element or a value that the evaluator does not support
 */
export function readStatement(json: unknown): Statement {
  const elements = objectOf('a statement', json);
  const unknown = Object.keys(elements).find(name => !(ELEMENTS as readonly string[]).includes(name));
  if (unknown !== undefined) { throw new Error(`the evaluator knows no statement element '${unknown}'`); }
  const { Effect: effect, Sid: sid, Condition: condition = {} } = elements;
  if (effect !== 'Allow' && effect !== 'Deny') { throw new Error(`Effect is 'Allow' or 'Deny', got ${JSON.stringify(effect)}`); }
  if (sid !== undefined && typeof sid !== 'string') { throw new Error(`Sid is a text, got ${JSON.stringify(sid)}`); }
  return { sid: sid ?? '', effect, condition, actions: listed(elements, 'Action'), resources: listed(elements, 'Resource') };
}

export function objectOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${name} is an object, got ${JSON.stringify(value)}`);
  }
  return value as Record<string, unknown>;
}

/**
 * A value or a list of values, as texts.
 *
 * @throws Error if there is none, or one is not a literal: intrinsics and policy variables are not evaluated
 */
export function textsOf(name: string, value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) { throw new Error(`${name} has no value`); }
  return values.map(one => {
    if (!['string', 'number', 'boolean'].includes(typeof one)) { throw new Error(`${name} has a value that is no literal, got ${JSON.stringify(one)}`); }
    if (String(one).includes('${')) { throw new Error(`${name} has a variable, which the evaluator does not know, got '${String(one)}'`); }
    return String(one);
  });
}

function listed(elements: Readonly<Record<string, unknown>>, name: 'Action' | 'Resource'): Listed {
  const [plain, negated] = [elements[name], elements[`Not${name}`]];
  if ((plain === undefined) === (negated === undefined)) { throw new Error(`a statement has either ${name} or Not${name}`); }
  return { patterns: textsOf(name, plain ?? negated), negated: plain === undefined };
}
