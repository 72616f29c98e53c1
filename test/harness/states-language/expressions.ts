import { createHash, randomUUID } from 'crypto';
import jsonata from 'jsonata';

/** An error with a name, for Retry and Catch. */
export class StatesError extends Error {
  public constructor(public readonly error: string, public readonly cause = '') {
    super(`${error}: ${cause}`);
  }
}

export type Variables = { readonly [name: string]: unknown };

const compiled = new Map<string, jsonata.Expression>();

/**
 * Evaluates a field: a text `{% ... %}` is an expression, and objects and lists contain others.
 *
 * @throws StatesError if an expression fails, or returns nothing
 */
export async function evaluated(template: unknown, bindings: Variables): Promise<unknown> {
  if (typeof template === 'string') {
    const [, text] = /^\{%([\s\S]*)%\}$/.exec(template) ?? [];
    return text === undefined ? template : evaluate(text, bindings);
  }
  if (Array.isArray(template)) { return Promise.all(template.map(each => evaluated(each, bindings))); }
  if (typeof template !== 'object' || template === null) { return template; }
  const entries = await Promise.all(Object.entries(template).map(async ([key, each]) => [key, await evaluated(each, bindings)]));
  return Object.fromEntries(entries) as object;
}

async function evaluate(text: string, bindings: Variables): Promise<unknown> {
  const expression = compiled.get(text) ?? compile(text);
  let result: unknown;
  try {
    result = await expression.evaluate(undefined, { ...bindings });
  } catch (error) {
    throw new StatesError('States.QueryEvaluationError', `${(error as Error).message} in ${text}`);
  }
  if (result === undefined || typeof result === 'function') { throw new StatesError('States.QueryEvaluationError', `nothing comes of ${text}`); }
  return JSON.parse(JSON.stringify(result));
}

/** JSONata with the functions that Step Functions adds, and without the one that it removes. */
function compile(text: string): jsonata.Expression {
  const expression = jsonata(text);
  expression.registerFunction('partition', (list: unknown[], size: number) =>
    Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size)));
  expression.registerFunction('range', (from: number, to: number, step: number) =>
    Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step));
  expression.registerFunction('hash', (value: string, algorithm: string) => createHash(algorithm.replace('-', '').toLowerCase()).update(value).digest('hex'));
  expression.registerFunction('uuid', () => randomUUID());
  expression.registerFunction('parse', (json: string) => JSON.parse(json) as unknown);
  expression.registerFunction('eval', () => { throw new Error('$eval is not supported'); });
  compiled.set(text, expression);
  return expression;
}
