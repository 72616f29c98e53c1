import type { CallExpression, Expression } from './expressions';
import type { Program, PythonFunction } from './program';
import { nameOf } from './program';
import type { Value } from './value';
import { MOST, UNKNOWN_VALUE, either } from './value';
import type { Values } from './values';

/** The most assignments to a name that are read, and the most headers added to its value. */
const MOST_GIVEN = 100;
const MOST_ADDED = 20;

/** Evaluates names at their position in a program. */
export class Names {
  private readonly known = new Map<string, Value>();
  private readonly callsOf = new Map<string, CallExpression[]>();

  public constructor(private readonly program: Program, private readonly values: Values) {
    for (const call of program.calls) {
      const name = nameOf(call.callee);
      if (name === undefined || !program.functions.has(name)) { continue; }
      this.callsOf.set(name, [...this.callsOf.get(name)?.slice(0, MOST) ?? [], call]);
    }
  }

  /** The value of a variable at a position, or of an attribute, which has no position. Functions have local variables. */
  public valueOf(name: string, position?: number): Value {
    const within = position === undefined ? undefined : this.program.functionAt(position);
    const key = position === undefined ? `.${name}` : `${within?.from ?? ''} ${name}`;
    const known = this.known.get(key);
    if (known) { return known; }
    this.known.set(key, UNKNOWN_VALUE);
    const isParameter = within?.parameters.some(parameter => parameter.name === name) === true;
    const given = this.givenTo(name, position, within, isParameter).slice(0, MOST).map(each => this.values.valueOf(each));
    const passed = this.passedTo(name, isParameter ? within : undefined);
    const added = this.headersAddedTo(name, position);
    const all = [...given, ...passed];
    const value = withHeaders(all.length === 0 ? UNKNOWN_VALUE : all.reduce(either), added);
    this.known.set(key, value);
    return value;
  }

  /** The headers that are added to a map or set on an object. Local variables of other functions with the same name do not count. */
  public headersAddedTo(name: string | undefined, position?: number): string[] {
    const added = name === undefined ? [] : this.program.added.get(name) ?? [];
    const within = position === undefined ? undefined : this.program.functionAt(position);
    const isHere = (each: Expression) => {
      const other = this.program.functionAt(each.pos);
      return position === undefined || other === undefined || other === within || !this.isOwn(name!, other);
    };
    return added.slice(0, MOST_GIVEN).filter(({ value }) => isHere(value)).slice(0, MOST_ADDED)
      .flatMap(({ key, value }) => this.values.headerTexts(key, value));
  }

  private isOwn(name: string, within: PythonFunction): boolean {
    const { given, attributes } = this.program;
    return (given.get(name) ?? []).slice(0, MOST_GIVEN).some(each => !attributes.has(each) && this.program.functionAt(each.pos) === within);
  }

  /** The expressions assigned to a name: in its function, else outside all functions, else anywhere. */
  private givenTo(name: string, position: number | undefined, within: PythonFunction | undefined, isParameter: boolean): readonly Expression[] {
    const all = this.program.given.get(name) ?? [];
    if (position === undefined || all.length === 0) { return all; }
    const variables = all.slice(0, MOST_GIVEN).filter(each => !this.program.attributes.has(each));
    const own = variables.filter(each => this.program.functionAt(each.pos) === within);
    if (own.length > 0 || isParameter) { return own; }
    const shared = variables.filter(each => this.program.functionAt(each.pos) === undefined);
    return shared.length > 0 ? shared : all;
  }

  /** The values passed to parameters with this name. */
  private passedTo(name: string, only?: PythonFunction): Value[] {
    const values: Value[] = [];
    for (const [called, body] of this.program.functions) {
      if (only && body !== only) { continue; }
      const { parameters } = body;
      const index = parameters.findIndex(parameter => parameter.name === name);
      if (index < 0) { continue; }
      for (const call of this.callsOf.get(called) ?? []) {
        const argument = call.args.find(arg => arg.name === name)?.value ?? call.args.filter(arg => arg.name === undefined)[index]?.value;
        const value = argument ?? parameters[index].byDefault;
        if (value) { values.push(this.values.valueOf(value)); }
      }
      if (!this.callsOf.has(called) && parameters[index].byDefault) { values.push(this.values.valueOf(parameters[index].byDefault)); }
      if (values.length > MOST) { break; }
    }
    return values;
  }
}

/** A value with more headers. If it is a request, the request gets them, too. */
function withHeaders(value: Value, added: readonly string[]): Value {
  if (added.length === 0) { return value; }
  const { headers = [], request } = value;
  return { ...value, headers: [...headers, ...added], request: request && { ...request, headers: [...request.headers, ...added] } };
}
