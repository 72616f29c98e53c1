import { judgeRequest } from '../request/judge-request';
import type { Judgement } from '../request/judge-request';
import { UNKNOWN, shown } from '../request/possible-text';
import type { CallExpression, Expression } from './expressions';
import type { Program } from './program';
import { nameOf } from './program';
import type { SentRequest } from './value';
import { Values } from './values';

/** A request in a Python program. */
export interface PythonRequest {
  readonly pos: number;
  readonly end: number;
  readonly client: string;
  readonly url: string;
  readonly judgement: Judgement;
  /** The position before the closing bracket of the call. */
  readonly hasHeaders: boolean;
}

/** What the text of a program shows. */
interface ProgramTraits {
  /** Whether it contains the token header. If not all headers of a request are known, it can be among them. */
  readonly sendsTokens: boolean;
  /** Whether it uses the utilities of boto 2. */
  readonly usesBoto2: boolean;
}

/** Functions of boto 2 that make a request. */
const BOTO_2 = /^get_instance_(?:metadata|identity|userdata)$/;
const METHODS = /^(?:get|put|head|post|request|urlopen|urlretrieve|open|fetch)$/;

/** Finds the requests of a program. */
export class RequestReader {
  public readonly values: Values;

  public constructor(private readonly program: Program, private readonly traits: ProgramTraits) {
    this.values = new Values(program, call => this.sentBy(call));
  }

  public all(): PythonRequest[] {
    return this.program.calls.flatMap(call => this.requestsOf(call));
  }

  private requestsOf(call: CallExpression): PythonRequest[] {
    const sent = this.sentBy(call);
    if (!sent) { return []; }
    return sent.urls.flatMap(url => {
      const seen = judgeRequest({ url, method: sent.method, headers: sent.headers, mayHaveOthers: sent.isOpen });
      const judgement = seen?.kind === 'v1' && sent.isOpen && this.traits.sendsTokens ? { kind: 'v2' as const } : seen;
      // A request object that was created before can have headers.
      const hasHeaders = call.args.some(({ name, value }) => name === 'headers' || name === '' || this.values.valueOf(value).request !== undefined);
      return judgement ? [{ pos: call.pos, end: call.end, client: clientOf(call), url: shown(url), judgement, hasHeaders }] : [];
    });
  }

  /** What a call sends, if it makes a request. */
  private sentBy({ callee, args }: CallExpression): SentRequest | undefined {
    const name = callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : undefined;
    if (name === undefined || this.program.functions.has(name)) { return undefined; }
    if (this.traits.usesBoto2 && BOTO_2.test(name)) { return { urls: ['http://169.254.169.254/latest/meta-data/'], method: 'GET', headers: [], isOpen: false }; }
    if (!METHODS.test(name)) { return undefined; }
    const positional = args.filter(arg => arg.name === undefined).map(({ value }) => value);
    const named = (wanted: string) => args.find(arg => arg.name === wanted)?.value;
    const first = positional[0] ?? named('url');
    if (!first) { return undefined; }
    const prepared = this.values.valueOf(first).request;
    if (prepared) { return { ...prepared, isOpen: prepared.isOpen || prepared.headers.some(header => header.startsWith(UNKNOWN)) }; }
    const hasMethodFirst = name === 'request' && (positional.length > 1 || named('url') !== undefined);
    const target = hasMethodFirst ? positional[1] ?? named('url')! : first;
    const method = name === 'request' ? this.values.textsOf(hasMethodFirst ? first : named('method') ?? first)[0] : this.methodNamed(name, named('method'));
    const of = callee.kind === 'attribute' ? callee.of : undefined;
    const host = of ? this.values.valueOf(of).host : undefined;
    const urls = urlsOn(host, this.values.textsOf(target));
    const { headers, isOpen } = this.headersOf(named('headers') ?? (host ? positional[3] : undefined), of);
    return { urls, method, headers, isOpen: isOpen || args.some(arg => arg.name === '') };
  }

  private methodNamed(name: string, method: Expression | undefined): string {
    if (method) { return this.values.valueOf(method).texts[0]; }
    return /^(?:put|head|post)$/.test(name) ? name.toUpperCase() : 'GET';
  }

  /** The headers of the call, and those that its session object always sends. */
  private headersOf(expression: Expression | undefined, of: Expression | undefined): { headers: readonly string[]; isOpen: boolean } {
    const own = expression ? this.values.valueOf(expression) : undefined;
    const shared = of ? this.values.names.headersAddedTo(nameOf(of), of.kind === 'name' ? of.pos : undefined) : [];
    return { headers: [...own?.headers ?? [], ...shared], isOpen: own !== undefined && own.headers === undefined };
  }
}

/** The addresses of paths on the host of a connection. */
function urlsOn(host: readonly string[] | undefined, paths: readonly string[]): readonly string[] {
  return host ? host.flatMap(each => paths.map(path => path.startsWith('/') ? `http://${each}${path}` : path)) : paths;
}

/** The full name of the called function. */
function clientOf({ callee }: CallExpression): string {
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
