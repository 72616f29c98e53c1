/** A statement with lists instead of single values. */
export interface StatementJson {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition: Conditions;
}

export interface Conditions {
  readonly [operator: string]: { readonly [key: string]: readonly string[] };
}

/** A small change of a statement. The mutants of two calls of a factory have the same name if only the arguments differ. */
export interface Mutant {
  readonly name: string;
  readonly statement: StatementJson;
}

/** The JSON of a statement, with lists. */
export function listed(json: object): StatementJson {
  const { Sid, Effect, Action, Resource, Condition = {} } = json as Record<string, unknown>;
  const conditions = Object.entries(Condition as Record<string, Record<string, unknown>>).map(([operator, keys]) =>
    [operator, Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, texts(values)]))]);
  return {
    Sid: String(Sid),
    Effect: String(Effect),
    Action: texts(Action),
    Resource: texts(Resource),
    Condition: Object.fromEntries(conditions) as Conditions,
  };
}

/** The list with another element at an index. */
export function replaced(list: readonly string[], index: number, element: string): string[] {
  return list.map((one, its) => its === index ? element : one);
}

function texts(values: unknown): string[] {
  return [values].flat().map(String);
}
