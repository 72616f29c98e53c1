import { createHash, randomUUID } from 'crypto';
import jsonata from 'jsonata';

/** An error with a name, for Retry and Catch. */
export class StatesError extends Error {
  public constructor(public readonly error: string, public readonly cause = '') {
    super(`${error}: ${cause}`);
  }
}

export type Variables = { readonly [name: string]: unknown };

/** An expression, and the names that may be those of variables in it. */
interface Compiled {
  readonly expression: jsonata.Expression;
  readonly names: readonly string[];
}

const compiled = new Map<string, Compiled>();

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
  const { expression, names } = compiled.get(text) ?? compile(text);
  const used = Object.fromEntries(names.filter(name => name in bindings).map(name => [name, bindings[name]]));
  let result: unknown;
  try {
    result = await expression.evaluate(undefined, used);
  } catch (error) {
    throw new StatesError('States.QueryEvaluationError', `${(error as Error).message} in ${text}`);
  }
  if (result === undefined || typeof result === 'function') { throw new StatesError('States.QueryEvaluationError', `nothing comes of ${text}`); }
  return JSON.parse(JSON.stringify(result));
}

/** JSONata with the functions that Step Functions adds, and without the one that it removes. */
function compile(text: string): Compiled {
  const expression = jsonata(text);
  expression.registerFunction('partition', (list: unknown[], size: number) =>
    Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size)));
  expression.registerFunction('range', (from: number, to: number, step: number) =>
    Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step));
  expression.registerFunction('hash', (value: string, algorithm: string) => createHash(algorithm.replace('-', '').toLowerCase()).update(value).digest('hex'));
  expression.registerFunction('uuid', () => randomUUID());
  expression.registerFunction('parse', (json: string) => JSON.parse(json) as unknown);
  expression.registerFunction('eval', () => { throw new Error('$eval is not supported'); });
  const names = new Set([...text.matchAll(/\$(\w+)/g)].map(([, name]) => name));
  const result = { expression, names: [...names] };
  compiled.set(text, result);
  return result;
}
