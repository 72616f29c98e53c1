import { answerTo, judgeRequest } from '../request/judge-request';
import type { Judgement } from '../request/judge-request';
import { TOKEN, UNKNOWN, hasToken, shown } from '../request/possible-text';
import type { Argument, Expression } from './expressions';
import type { Program, PythonFunction } from './program';
import { nameOf, readProgram } from './program';

/** A request in a Python program. */
export interface PythonRequest {
  readonly pos: number;
  readonly end: number;
  readonly client: string;
  readonly url: string;
  readonly judgement: Judgement;
  /** Where the arguments of the call end, inside its bracket. */
  readonly hasHeaders: boolean;
}

/** A command line that a Python program runs. */
export interface PythonCommand {
  readonly pos: number;
  readonly end: number;
  readonly command: string;
}

/** What an expression may be. */
interface Value {
  readonly texts: readonly string[];
  readonly headers?: readonly string[];
  readonly request?: { readonly urls: readonly string[]; readonly method: string; readonly headers: readonly string[]; readonly isOpen: boolean };
  readonly host?: readonly string[];
  /** Whether there may be more than is seen. */
  readonly isOpen: boolean;
}

type Call = Extract<Expression, { kind: 'call' }>;

const NOBODY_KNOWS: Value = { texts: [UNKNOWN], isOpen: true };
const METHODS = /^(?:get|put|head|post|request|urlopen|urlretrieve|Request|open|fetch)$/;
const SHELLS = /^(?:system|popen|Popen|run|call|check_call|check_output|getoutput|getstatusoutput)$/;
/** How the header is named where somebody sends it, and not the one that asks for a token. */
const SENDS_TOKENS = /x.aws.ec2.metadata.token(?!.ttl)/i;
const DEEPEST = 24;
const MOST = 6;
const MOST_GIVEN = 100;

/** Goes through a Python program. */
export function scanPython(text: string): { readonly requests: readonly PythonRequest[]; readonly commands: readonly PythonCommand[] } {
  const reader = new PythonReader(readProgram(text), SENDS_TOKENS.test(text));
  return { requests: reader.requests(), commands: reader.commands() };
}

class PythonReader {
  private readonly known = new Map<Expression, Value>();
  private readonly names = new Map<string, Value>();
  private readonly argumentsOf = new Map<string, Call[]>();
  private depth = 0;

  /** @param sendsTokens whether the header is written somewhere: where not all headers of a request are seen, it may be among them */
  public constructor(private readonly program: Program, private readonly sendsTokens: boolean) {
    for (const call of program.calls) {
      const name = nameOf(call.callee);
      if (name === undefined || !program.functions.has(name)) { continue; }
      this.argumentsOf.set(name, [...this.argumentsOf.get(name)?.slice(0, MOST) ?? [], call]);
    }
  }

  public requests(): PythonRequest[] {
    return this.program.calls.flatMap(call => this.requestsOf(call));
  }

  public commands(): PythonCommand[] {
    return this.program.calls.flatMap(call => {
      const name = nameOf(call.callee);
      const first = call.args[0]?.value;
      if (name === undefined || !SHELLS.test(name) || !first) { return []; }
      const list = this.listIn(first);
      const command = list ? list.map(each => quoted(this.valueOf(each).texts[0])).join(' ') : this.valueOf(first).texts[0];
      return command.includes(UNKNOWN) && command.trim() === UNKNOWN ? [] : [{ pos: call.pos, end: call.end, command }];
    });
  }

  private listIn(expression: Expression): readonly Expression[] | undefined {
    if (expression.kind === 'list') { return expression.elements; }
    if (expression.kind === 'call' && expression.callee.kind === 'attribute' && expression.callee.name === 'split') { return undefined; }
    const given = expression.kind === 'name' ? this.program.given.get(expression.name) : undefined;
    return given?.length === 1 && given[0].kind === 'list' ? given[0].elements : undefined;
  }

  private requestsOf(call: Call): PythonRequest[] {
    const sent = this.sentBy(call);
    if (!sent) { return []; }
    return sent.urls.flatMap(url => {
      const seen = judgeRequest({ url, method: sent.method, headers: sent.headers, mayHaveOthers: sent.isOpen });
      const judgement = seen?.kind === 'v1' && sent.isOpen && this.sendsTokens ? { kind: 'v2' as const } : seen;
      // A request that was made before may have headers of its own.
      const hasHeaders = call.args.some(({ name, value }) => name === 'headers' || name === '' || this.valueOf(value).request !== undefined);
      return judgement ? [{ pos: call.pos, end: call.end, client: clientOf(call), url: shown(url), judgement, hasHeaders }] : [];
    });
  }

  /** What a call sends, if it sends something. */
  private sentBy(call: Call): Value['request'] {
    const name = call.callee.kind === 'attribute' || call.callee.kind === 'name' ? call.callee.name : undefined;
    if (name === undefined || !METHODS.test(name) || this.program.functions.has(name)) { return undefined; }
    if (name === 'Request') { return undefined; }
    const positional = call.args.filter(arg => arg.name === undefined).map(({ value }) => value);
    const named = (wanted: string) => call.args.find(arg => arg.name === wanted)?.value;
    const first = positional[0] ?? named('url');
    if (!first) { return undefined; }
    const of = call.callee.kind === 'attribute' ? call.callee.of : undefined;
    const prepared = this.valueOf(first).request;
    if (prepared) { return { ...prepared, isOpen: prepared.isOpen || prepared.headers.some(header => header.startsWith(UNKNOWN)) }; }
    const hasMethodFirst = name === 'request' && (positional.length > 1 || named('url') !== undefined);
    const target = hasMethodFirst ? positional[1] ?? named('url')! : first;
    const method = name === 'request' ? this.valueOf(hasMethodFirst ? first : named('method') ?? first).texts[0] : this.methodNamed(name, named('method'));
    const host = of ? this.valueOf(of).host : undefined;
    const paths = this.valueOf(target).texts;
    const urls = host ? host.flatMap(each => paths.map(path => path.startsWith('/') ? `http://${each}${path}` : path)) : paths;
    const { headers, isOpen } = this.headersOf(named('headers') ?? (host ? positional[3] : undefined), of);
    return { urls, method, headers, isOpen: isOpen || call.args.some(arg => arg.name === '') };
  }

  private methodNamed(name: string, method: Expression | undefined): string {
    if (method) { return this.valueOf(method).texts[0]; }
    return /^(?:put|head|post)$/.test(name) ? name.toUpperCase() : 'GET';
  }

  /** What is said to be sent, and what the object sends with everything. */
  private headersOf(expression: Expression | undefined, of: Expression | undefined): { headers: readonly string[]; isOpen: boolean } {
    const own = expression ? this.valueOf(expression) : undefined;
    const shared = of ? this.addedTo(nameOf(of), of.kind === 'name' ? of.pos : undefined) : [];
    return { headers: [...own?.headers ?? [], ...shared], isOpen: own !== undefined && own.headers === undefined };
  }

  /** What is put into a map, or said to an object: of a variable that another function has to itself it is nothing here. */
  private addedTo(name: string | undefined, position?: number): string[] {
    const added = name === undefined ? [] : this.program.added.get(name) ?? [];
    const within = position === undefined ? undefined : this.program.functionAt(position);
    const isHere = (each: Expression) => {
      const other = this.program.functionAt(each.pos);
      return position === undefined || other === undefined || other === within || !this.isOwn(name!, other);
    };
    return added.slice(0, MOST_GIVEN).filter(({ value }) => isHere(value)).slice(0, 20).flatMap(({ key, value }) => this.headerTexts(key, value));
  }

  private isOwn(name: string, within: PythonFunction): boolean {
    const { given, attributes } = this.program;
    return (given.get(name) ?? []).slice(0, MOST_GIVEN).some(each => !attributes.has(each) && this.program.functionAt(each.pos) === within);
  }

  private headerTexts(key: Expression, value: Expression): string[] {
    const names = this.valueOf(key).texts;
    const values = this.valueOf(value).texts;
    return names.slice(0, 2).flatMap(name => values.slice(0, MOST).map(each => `${name}: ${each}`));
  }

  private valueOf(expression: Expression): Value {
    const known = this.known.get(expression);
    if (known) { return known; }
    if (this.depth > DEEPEST) { return NOBODY_KNOWS; }
    this.known.set(expression, NOBODY_KNOWS);
    this.depth += 1;
    const value = this.workOut(expression);
    this.depth -= 1;
    this.known.set(expression, value);
    return value;
  }

  private workOut(expression: Expression): Value {
    switch (expression.kind) {
      case 'text': return ofTexts(expression.isFormatted ? this.formatted(expression.value, expression.pos) : [expression.value]);
      case 'name': return this.named(expression.name, expression.pos);
      case 'attribute': return this.attribute(expression);
      case 'item': return ofTexts(this.itemOf(expression));
      case 'sum': return ofTexts(pairs(this.valueOf(expression.left).texts, this.valueOf(expression.right).texts, (left, right) => left + right));
      case 'format': return ofTexts(this.percent(expression.left, expression.right));
      case 'either': return either(this.valueOf(expression.left), this.valueOf(expression.right));
      case 'map': return { texts: [UNKNOWN], headers: expression.entries.flatMap(([key, value]) => this.headerTexts(key, value)), isOpen: false };
      case 'list': return { texts: [UNKNOWN], headers: expression.elements.flatMap(each => each.kind === 'list' && each.elements.length === 2 ? this.headerTexts(each.elements[0], each.elements[1]) : []), isOpen: false };
      case 'call': return this.callValue(expression);
      default: return NOBODY_KNOWS;
    }
  }

  private itemOf({ of, index }: Extract<Expression, { kind: 'item' }>): readonly string[] {
    const key = this.valueOf(index).texts[0];
    const source = of.kind === 'name' ? this.program.given.get(of.name)?.[0] : undefined;
    const entry = source?.kind === 'map' ? source.entries.find(([name]) => this.valueOf(name).texts[0] === key) : undefined;
    if (entry) { return this.valueOf(entry[1]).texts; }
    return this.valueOf(of).texts.map(text => hasToken(text) ? text : UNKNOWN);
  }

  /** What a name is where it stands, or an attribute, which has no place: functions have their variables to themselves. */
  private named(name: string, position?: number): Value {
    const within = position === undefined ? undefined : this.program.functionAt(position);
    const key = position === undefined ? `.${name}` : `${within?.from ?? ''} ${name}`;
    const known = this.names.get(key);
    if (known) { return known; }
    this.names.set(key, NOBODY_KNOWS);
    const isParameter = within?.parameters.some(parameter => parameter.name === name) === true;
    const given = this.givenTo(name, position, within, isParameter).slice(0, MOST).map(each => this.valueOf(each));
    const passed = this.passedTo(name, isParameter ? within : undefined);
    const added = this.addedTo(name, position);
    const all = [...given, ...passed];
    const value = all.length === 0 ? NOBODY_KNOWS : all.reduce(either);
    const whole = added.length === 0 ? value : {
      ...value,
      headers: [...value.headers ?? [], ...added],
      request: value.request && { ...value.request, headers: [...value.request.headers, ...added] },
    };
    this.names.set(key, whole);
    return whole;
  }

  /** What a name is given in the function where it stands; otherwise what it is given outside of all, or anywhere. */
  private givenTo(name: string, position: number | undefined, within: PythonFunction | undefined, isParameter: boolean): readonly Expression[] {
    const all = this.program.given.get(name) ?? [];
    if (position === undefined || all.length === 0) { return all; }
    const variables = all.slice(0, MOST_GIVEN).filter(each => !this.program.attributes.has(each));
    const own = variables.filter(each => this.program.functionAt(each.pos) === within);
    if (own.length > 0 || isParameter) { return own; }
    const shared = variables.filter(each => this.program.functionAt(each.pos) === undefined);
    return shared.length > 0 ? shared : all;
  }

  /** What the functions that have a parameter of this name are called with. */
  private passedTo(name: string, only?: PythonFunction): Value[] {
    const values: Value[] = [];
    for (const [called, body] of this.program.functions) {
      if (only && body !== only) { continue; }
      const { parameters } = body;
      const index = parameters.findIndex(parameter => parameter.name === name);
      if (index < 0) { continue; }
      for (const call of this.argumentsOf.get(called) ?? []) {
        const argument = call.args.find(arg => arg.name === name)?.value ?? call.args.filter(arg => arg.name === undefined)[index]?.value;
        const value = argument ?? parameters[index].byDefault;
        if (value) { values.push(this.valueOf(value)); }
      }
      if (!this.argumentsOf.has(called) && parameters[index].byDefault) { values.push(this.valueOf(parameters[index].byDefault)); }
      if (values.length > MOST) { break; }
    }
    return values;
  }

  private attribute({ of, name }: Extract<Expression, { kind: 'attribute' }>): Value {
    if (/^(?:text|content|data|body|value)$/.test(name)) { return this.valueOf(of); }
    if (of.kind === 'name' && (of.name === 'self' || of.name === 'cls' || this.program.given.has(name))) { return this.named(name); }
    return NOBODY_KNOWS;
  }

  private callValue(call: Call): Value {
    const { callee, args } = call;
    const name = callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
    if (name === 'Request') { return this.preparedRequest(args); }
    if (/^HTTPConnection$/.test(name)) { return { texts: [UNKNOWN], host: args[0] ? this.valueOf(args[0].value).texts : undefined, isOpen: false }; }
    const sent = this.sentBy(call);
    if (sent) {
      const { method, headers, isOpen } = sent;
      return ofTexts(sent.urls.map(url => answerTo(judgeRequest({ url, method, headers, mayHaveOthers: isOpen }))));
    }
    const called = this.program.functions.get(name);
    if (called && called.returns.length > 0) { return called.returns.slice(0, MOST).map(each => this.valueOf(each)).reduce(either); }
    if (name === 'get' && args[1] && /^(?:environ|getenv)$/.test(nameOf(callee.kind === 'attribute' ? callee.of : callee) ?? '')) { return this.valueOf(args[1].value); }
    if (name === 'getenv' && args[1]) { return this.valueOf(args[1].value); }
    if (name === 'format' && callee.kind === 'attribute') { return ofTexts(this.formatCall(callee.of, args)); }
    if (name === 'join' && callee.kind === 'attribute' && args[0]) { return ofTexts(this.joinCall(callee.of, args[0].value)); }
    if (name === 'urljoin' && args.length > 1) { return ofTexts(pairs(this.valueOf(args[0].value).texts, this.valueOf(args[1].value).texts, urlJoined)); }
    if (/^(?:dict)$/.test(name)) { return { texts: [UNKNOWN], headers: args.flatMap(({ name: key, value }) => key ? [`${key}: ${this.valueOf(value).texts[0]}`] : this.valueOf(value).headers ?? []), isOpen: false }; }
    if (/^(?:read|decode|strip|rstrip|lstrip|text|str|encode|getresponse|copy|json|lower|upper|bytes|raise_for_status)$/.test(name)) {
      return this.valueOf(callee.kind === 'attribute' ? callee.of : args[0]?.value ?? callee);
    }
    return args.some(({ value }) => value.kind === 'call' && this.valueOf(value).texts.some(hasToken)) ? ofTexts([TOKEN]) : NOBODY_KNOWS;
  }

  private preparedRequest(args: readonly Argument[]): Value {
    const positional = args.filter(({ name }) => name === undefined).map(({ value }) => value);
    const named = (wanted: string) => args.find(({ name }) => name === wanted)?.value;
    const isMethodFirst = positional[0] && /^[A-Z]+$/.test(this.valueOf(positional[0]).texts[0]);
    const url = isMethodFirst ? positional[1] : positional[0] ?? named('url') ?? named('full_url');
    const method = isMethodFirst ? this.valueOf(positional[0]).texts[0] : named('method') ? this.valueOf(named('method')!).texts[0] : undefined;
    const headers = named('headers') ?? positional[2];
    const own = headers ? this.valueOf(headers) : undefined;
    return {
      texts: [UNKNOWN],
      request: {
        urls: url ? this.valueOf(url).texts : [],
        method: method ?? this.methodSetLater(),
        headers: own?.headers ?? [],
        isOpen: own !== undefined && own.headers === undefined,
      },
      isOpen: false,
    };
  }

  /** `request.get_method = lambda: 'PUT'` is how Python 2 says it. */
  private methodSetLater(): string {
    return this.program.given.has('get_method') ? UNKNOWN : 'GET';
  }

  private formatted(text: string, position: number): readonly string[] {
    let texts: readonly string[] = [''];
    let from = 0;
    for (const { 0: whole, 1: name, index } of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}/g)) {
      const value = name === undefined ? [whole[0]] : this.texts(name.replace(/[!:=].*$/s, '').trim(), position);
      texts = pairs(texts, value, (left, right) => left + text.slice(from, index) + right);
      from = index + whole.length;
    }
    return texts.map(each => each + text.slice(from));
  }

  private texts(path: string, position: number): readonly string[] {
    if (/^\w+$/.test(path)) { return this.named(path, position).texts; }
    const [, self] = /^(?:self|cls)\.(\w+)$/.exec(path) ?? [];
    if (self) { return this.named(self).texts; }
    const [, called] = /^(\w+)\(.*\)$/.exec(path) ?? [];
    const returns = called ? this.program.functions.get(called)?.returns : undefined;
    const [, attribute] = /^(\w+)\.(?:text|content)(?:\.decode\(\))?$/.exec(path) ?? [];
    if (attribute) { return this.named(attribute, position).texts; }
    return returns && returns.length > 0 ? returns.slice(0, MOST).flatMap(each => this.valueOf(each).texts) : [UNKNOWN];
  }

  private percent(left: Expression, right: Expression): readonly string[] {
    const values = right.kind === 'list' ? right.elements.map(each => this.valueOf(each).texts) : [this.valueOf(right).texts];
    return filledIn(this.valueOf(left).texts, /%(?:\(\w+\))?[sdrxi]/g, values);
  }

  private formatCall(of: Expression, args: readonly Argument[]): readonly string[] {
    return this.valueOf(of).texts.flatMap(text => {
      const names = [...text.matchAll(/\{(\w*)(?:[^\w{}][^{}]*)?\}/g)].map(([, name], index) => {
        const argument = name === '' || /^\d+$/.test(name) ? args.filter(each => each.name === undefined)[name === '' ? index : Number(name)] : args.find(each => each.name === name);
        return argument ? this.valueOf(argument.value).texts : [UNKNOWN];
      });
      return filledIn([text], /\{[^{}]*\}/g, names);
    }).slice(0, MOST);
  }

  private joinCall(of: Expression, argument: Expression): readonly string[] {
    if (argument.kind !== 'list') { return [UNKNOWN]; }
    const separator = this.valueOf(of).texts[0];
    return argument.elements.map(each => this.valueOf(each).texts).reduce<readonly string[]>(
      (all, each, index) => pairs(all, each, (left, right) => index === 0 ? right : left + separator + right), ['']);
  }
}

function ofTexts(texts: readonly string[]): Value {
  return { texts: texts.length > 0 ? texts : [UNKNOWN], isOpen: false };
}

function either(first: Value, second: Value): Value {
  const texts = [...new Set([...first.texts, ...second.texts])].slice(0, MOST);
  const headers = first.headers || second.headers ? [...first.headers ?? [], ...second.headers ?? []] : undefined;
  return { texts, headers, request: first.request ?? second.request, host: first.host ?? second.host, isOpen: first.isOpen || second.isOpen };
}

function pairs(first: readonly string[], second: readonly string[], put: (left: string, right: string) => string): readonly string[] {
  return first.flatMap(left => second.map(right => put(left, right).slice(0, 8_192))).slice(0, MOST);
}

function filledIn(texts: readonly string[], places: RegExp, values: readonly (readonly string[])[]): readonly string[] {
  return texts.map(text => {
    let index = 0;
    return text.replace(places, () => values[index++]?.[0] ?? UNKNOWN);
  });
}

function urlJoined(base: string, path: string): string {
  if (/^\w+:\/\//.test(path)) { return path; }
  return path.startsWith('/') ? (/^\w+:\/\/[^/]*/.exec(base)?.[0] ?? base) + path : base.slice(0, base.lastIndexOf('/') + 1) + path;
}

function clientOf({ callee }: Call): string {
  const names: string[] = [];
  for (let each: Expression = callee; ;) {
    if (each.kind === 'attribute') {
      names.unshift(each.name);
      each = each.of;
    } else {
      if (each.kind === 'name') { names.unshift(each.name); }
      return names.join('.');
    }
  }
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
