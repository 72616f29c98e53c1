/** An expression or a command of PowerShell, with only what requests need. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string; readonly expands: boolean; readonly pos: number; readonly end: number }
  | { readonly kind: 'variable'; readonly name: string; readonly pos: number; readonly end: number }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'list'; readonly elements: readonly Expression[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'sum' | 'format'; readonly left: Expression; readonly right: Expression; readonly pos: number; readonly end: number }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string; readonly args?: readonly Expression[]; readonly pos: number; readonly end: number }
  | { readonly kind: 'command'; readonly name: string; readonly nameEnd: number; readonly args: readonly CommandArgument[]; readonly input?: Expression; readonly pos: number; readonly end: number }
  | { readonly kind: 'type'; readonly name: string; readonly pos: number; readonly end: number }
  | { readonly kind: 'other'; readonly pos: number; readonly end: number };

export type CommandExpression = Extract<Expression, { kind: 'command' }>;
export type MemberExpression = Extract<Expression, { kind: 'member' }>;

/** An argument, with the name of its parameter if it is written. */
export interface CommandArgument {
  readonly name?: string;
  readonly value?: Expression;
}

/** The variable at the start of a chain of members. */
export function rootOf(expression: Expression): string | undefined {
  if (expression.kind === 'variable') { return expression.name; }
  return expression.kind === 'member' ? rootOf(expression.of) : undefined;
}
