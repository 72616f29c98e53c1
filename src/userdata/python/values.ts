import { answerTo, judgeRequest } from '../request/judge-request';
import { TOKEN, UNKNOWN, hasToken } from '../request/possible-text';
import type { Argument, CallExpression, Expression } from './expressions';
import { formatTexts, formattedTexts, joinTexts, percentTexts, urlJoined } from './formats';
import { Names } from './names';
import type { Program } from './program';
import { nameOf } from './program';
import type { SentRequest, Value } from './value';
import { MOST, UNKNOWN_VALUE, either, ofHeaders, ofTexts, pairs } from './value';

const DEEPEST = 24;
/** Functions and methods that return their argument or object in another form. */
const SAME = /^(?:read|decode|strip|rstrip|lstrip|text|str|encode|getresponse|copy|json|lower|upper|bytes|raise_for_status)$/;

/** Evaluates the expressions of a program, as far as they are known. */
export class Values {
  public readonly names: Names;
  private readonly known = new Map<Expression, Value>();
  private depth = 0;

  /** @param sentBy returns what a call sends, if it makes a request */
  public constructor(private readonly program: Program, private readonly sentBy: (call: CallExpression) => SentRequest | undefined) {
    this.names = new Names(program, this);
  }

  public valueOf(expression: Expression): Value {
    const known = this.known.get(expression);
    if (known) { return known; }
    if (this.depth > DEEPEST) { return UNKNOWN_VALUE; }
    this.known.set(expression, UNKNOWN_VALUE);
    this.depth += 1;
    const value = this.workOut(expression);
    this.depth -= 1;
    this.known.set(expression, value);
    return value;
  }

  /** The possible texts of an expression. */
  public readonly textsOf = (expression: Expression): readonly string[] => this.valueOf(expression).texts;

  /** The possible headers for a name and a value. */
  public headerTexts(key: Expression, value: Expression): string[] {
    const names = this.valueOf(key).texts;
    const values = this.valueOf(value).texts;
    return names.slice(0, 2).flatMap(name => values.slice(0, MOST).map(each => `${name}: ${each}`));
  }

  private workOut(expression: Expression): Value {
    switch (expression.kind) {
      case 'text': return ofTexts(expression.isFormatted ? formattedTexts(expression.value, written => this.writtenTexts(written, expression.pos)) : [expression.value]);
      case 'name': return this.names.valueOf(expression.name, expression.pos);
      case 'attribute': return this.attribute(expression);
      case 'item': return ofTexts(this.itemOf(expression));
      case 'sum': return ofTexts(pairs(this.textsOf(expression.left), this.textsOf(expression.right), (left, right) => left + right));
      case 'format': return ofTexts(percentTexts(expression.left, expression.right, this.textsOf));
      case 'either': return either(this.valueOf(expression.left), this.valueOf(expression.right));
      case 'map': return ofHeaders(expression.entries.flatMap(([key, value]) => this.headerTexts(key, value)));
      case 'list': return ofHeaders(expression.elements.flatMap(each => each.kind === 'list' && each.elements.length === 2 ? this.headerTexts(each.elements[0], each.elements[1]) : []));
      case 'call': return this.callValue(expression);
      default: return UNKNOWN_VALUE;
    }
  }

  private itemOf({ of, index }: Extract<Expression, { kind: 'item' }>): readonly string[] {
    const key = this.valueOf(index).texts[0];
    const source = of.kind === 'name' ? this.program.given.get(of.name)?.[0] : undefined;
    const entry = source?.kind === 'map' ? source.entries.find(([name]) => this.valueOf(name).texts[0] === key) : undefined;
    if (entry) { return this.valueOf(entry[1]).texts; }
    return this.valueOf(of).texts.map(text => hasToken(text) ? text : UNKNOWN);
  }

  private attribute({ of, name }: Extract<Expression, { kind: 'attribute' }>): Value {
    if (/^(?:text|content|data|body|value)$/.test(name)) { return this.valueOf(of); }
    if (of.kind === 'name' && (of.name === 'self' || of.name === 'cls' || this.program.given.has(name))) { return this.names.valueOf(name); }
    return UNKNOWN_VALUE;
  }

  /** The possible texts of an expression inside an f-string. */
  private writtenTexts(path: string, position: number): readonly string[] {
    if (/^\w+$/.test(path)) { return this.names.valueOf(path, position).texts; }
    const [, self] = /^(?:self|cls)\.(\w+)$/.exec(path) ?? [];
    if (self) { return this.names.valueOf(self).texts; }
    const [, called] = /^(\w+)\(.*\)$/.exec(path) ?? [];
    const returns = called ? this.program.functions.get(called)?.returns : undefined;
    const [, attribute] = /^(\w+)\.(?:text|content)(?:\.decode\(\))?$/.exec(path) ?? [];
    if (attribute) { return this.names.valueOf(attribute, position).texts; }
    return returns && returns.length > 0 ? returns.slice(0, MOST).flatMap(each => this.valueOf(each).texts) : [UNKNOWN];
  }

  private callValue(call: CallExpression): Value {
    const { callee, args } = call;
    const name = callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
    if (name === 'Request') { return this.preparedRequest(args); }
    if (name === 'HTTPConnection') { return { texts: [UNKNOWN], host: args[0] ? this.textsOf(args[0].value) : undefined, isOpen: false }; }
    const sent = this.sentBy(call);
    if (sent) {
      const { urls, method, headers, isOpen } = sent;
      return ofTexts(urls.map(url => answerTo(judgeRequest({ url, method, headers, mayHaveOthers: isOpen }))));
    }
    const called = this.program.functions.get(name);
    if (called && called.returns.length > 0) { return called.returns.slice(0, MOST).map(each => this.valueOf(each)).reduce(either); }
    return this.libraryValue(name, call) ?? (args.some(({ value }) => value.kind === 'call' && this.textsOf(value).some(hasToken)) ? ofTexts([TOKEN]) : UNKNOWN_VALUE);
  }

  /** The results of functions and methods of Python's standard library. */
  private libraryValue(name: string, { callee, args }: CallExpression): Value | undefined {
    const of = callee.kind === 'attribute' ? callee.of : undefined;
    const [first, second] = args.map(({ value }) => value) as (Expression | undefined)[];
    if (name === 'get' && second && /^(?:environ|getenv)$/.test(nameOf(of ?? callee) ?? '')) { return this.valueOf(second); }
    if (name === 'getenv' && second) { return this.valueOf(second); }
    if (name === 'format' && of) { return ofTexts(formatTexts(of, args, this.textsOf)); }
    if (name === 'join' && of && first) { return ofTexts(joinTexts(of, first, this.textsOf)); }
    if (name === 'urljoin' && first && second) { return ofTexts(pairs(this.textsOf(first), this.textsOf(second), urlJoined)); }
    if (name === 'dict') { return ofHeaders(args.flatMap(({ name: key, value }) => key ? [`${key}: ${this.textsOf(value)[0]}`] : this.valueOf(value).headers ?? [])); }
    return SAME.test(name) ? this.valueOf(of ?? first ?? callee) : undefined;
  }

  /** `Request(...)` of urllib or of requests. In requests, the method is the first argument. */
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

  /** The method that is set by `request.get_method = lambda: 'PUT'`, as in Python 2. */
  private methodSetLater(): string {
    return this.program.given.has('get_method') ? UNKNOWN : 'GET';
  }
}
