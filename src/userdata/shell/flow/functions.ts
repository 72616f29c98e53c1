import { serviceAddressIn } from '../../lines';
import type { PossibleText } from '../../request/possible-text';
import { ANYTHING, oneOfAll, shown } from '../../request/possible-text';
import { foundCall } from '../commands/found-call';
import type { Invocation } from '../commands/invocation';
import type { PossibleValue } from '../scope';
import type { ShellRun } from '../shell-run';
import type { Command } from '../syntax';
import type { Source } from '../text/source';
import { goWay, meet } from './ways';

/** A function of the script. */
export interface ShellFunction {
  readonly name: string;
  readonly body: Command;
  readonly source: Source;
  /** The branch that defines it. */
  readonly branch: Branch | undefined;
  /** Other functions with this name that branches have defined. */
  readonly also: readonly ShellFunction[];
  /** Whether an earlier call has made a request for metadata, so that it is known whether the function sends a token. */
  hasRequested?: boolean;
}

/** A branch of the script. If it is guarded, it can depend on IMDSv2 whether the branch runs. */
export interface Branch {
  isGuarded: boolean;
}

/** The call of a function. The function can run the arguments of the call. */
export interface Caller {
  readonly call: Invocation;
  readonly source: Source;
  readonly outer: Caller | undefined;
}

/** How often a function can be in its own call. */
const DEEPEST_RECURSION = 10;
/** The most functions of one name that are followed. */
const MOST_OF_ONE_NAME = 8;

/** The functions that a run knows, and their calls. */
export class Functions {
  public readonly called = new Set<string>();
  /** The call of the current function. */
  public caller: Caller | undefined;
  private readonly known: Map<string, ShellFunction>;
  private readonly inherited: ReadonlySet<string>;
  /** The earlier values of the variables that the current function has declared as local. */
  private locals: Map<string, readonly PossibleValue[] | undefined> | undefined;
  /** The functions that the script is in. */
  private readonly running: ShellFunction[] = [];

  public constructor(private readonly run: ShellRun, outside?: Functions) {
    this.known = new Map(outside?.known);
    this.inherited = new Set(this.known.keys());
  }

  public get(name: string): ShellFunction | undefined {
    return this.known.get(name);
  }

  /** All known functions. A function that is defined during the iteration is included. */
  public all(): Iterable<ShellFunction> {
    return this.known.values();
  }

  /** Whether the script itself defines the function, and not the script that runs it. */
  public isOwn({ name }: ShellFunction): boolean {
    return !this.inherited.has(name);
  }

  /** Whether the script is in a function. */
  public get areRunning(): boolean {
    return this.running.length > 0;
  }

  /** Whether the script is in a function that calls itself, directly or through others. */
  public get areRecursive(): boolean {
    return new Set(this.running).size < this.running.length;
  }

  /** Defines a function. If a branch defines it, an earlier function with this name stays possible. */
  public define({ name, body }: Command): void {
    const { branch, source } = this.run;
    const known = this.known.get(name!.text);
    const also = branch && known && known.also.length < MOST_OF_ONE_NAME ? [known, ...known.also] : [];
    this.known.set(name!.text, { name: name!.text, body: body as Command, source, branch, also });
  }

  /** Declares a local variable of the current function. */
  public declareLocal(name: string): void {
    if (this.locals && !this.locals.has(name)) { this.locals.set(name, this.run.scope.get(name)); }
  }

  /** Calls a function, or each possible function of its name. `args` is `undefined` if the arguments are not known. */
  public call(called: ShellFunction, args: readonly string[] | undefined, call?: Invocation): PossibleText {
    if (called.also.length === 0) { return this.callOne(called, args, call); }
    const ways = [called, ...called.also].map(each => goWay(this.run, () => this.callOne(each, args, call)));
    meet(this.run, ways, false);
    return oneOfAll(ways.flatMap(({ output }) => output));
  }

  /** Calls each function that was not called yet, because unknown code can call any of them. */
  public callUncalled(): void {
    for (const each of this.known.values()) {
      if (!this.called.has(each.name)) { this.call(each, undefined); }
    }
  }

  /** Skips a call. A function that never ran is called at the end of the script instead, without its arguments. */
  private skip({ name, hasRequested }: ShellFunction, args: readonly string[] = [], call: Invocation | undefined): PossibleText {
    const { run } = this;
    const { trail } = run.world;
    const withAddress = args.find(namesService);
    const address = withAddress === undefined ? undefined : serviceAddressIn(withAddress);
    const isLater = trail.hasTime(() => true) && this.areRunning && !this.called.has(name);
    if (!isLater || address) { trail.skip(); }
    if (address?.kind === 'v1' && call && !hasRequested) {
      trail.note({ kind: 'v1', reason: 'not followed', isCertain: false }, () => foundCall(run, call, { client: name, url: shown(address.url) }));
    }
    return ANYTHING;
  }

  /** Whether a call may lead to a request that was not seen yet. */
  private mayRequest({ name }: ShellFunction, args: readonly string[] | undefined): boolean {
    return !this.called.has(name) || args?.some(namesService) === true;
  }

  private callOne(called: ShellFunction, args: readonly string[] | undefined, call: Invocation | undefined): PossibleText {
    const { run } = this;
    const { trail } = run.world;
    const recursion = this.running.filter(each => each === called).length;
    // Its body is followed already.
    if (recursion >= DEEPEST_RECURSION || (recursion > 0 && run.isTooDeep)) { return ANYTHING; }
    if (run.isTooDeep || !trail.hasTime(() => this.mayRequest(called, args))) { return this.skip(called, args, call); }
    this.called.add(called.name);
    trail.step();
    if (call && args?.some(namesService)) { trail.noteFollowed(run.source, call.node); }
    const before = { args: run.scope.args, loops: run.loops, hasLeft: run.attempts.hasLeft, requests: trail.visits.length + trail.v2 };
    run.scope.args = args;
    run.loops = 0;
    const body = () => run.inSource(called.source, () => run.runCommand(called.body));
    const output = this.inCall(called, call, () => run.attempts.guard(called.branch?.isGuarded === true, body));
    called.hasRequested ||= trail.visits.length + trail.v2 > before.requests;
    run.loops = before.loops;
    run.attempts.hasLeft = before.hasLeft;
    run.scope.args = before.args;
    if (run.end !== 'script') { run.end = undefined; }
    return output;
  }

  /** Runs the body of a function, and then removes its local variables. */
  private inCall(called: ShellFunction, call: Invocation | undefined, body: () => PossibleText): PossibleText {
    const { run, caller, locals: outer } = this;
    const locals = new Map<string, readonly PossibleValue[] | undefined>();
    this.caller = call && { call, source: run.source, outer: caller };
    this.locals = locals;
    this.running.push(called);
    const output = body();
    this.running.pop();
    for (const [name, values] of locals) {
      if (values === undefined) { run.scope.remove(name); } else { run.scope.set(name, values); }
    }
    this.locals = outer;
    this.caller = caller;
    return output;
  }
}

function namesService(text: string): boolean {
  return serviceAddressIn(text) !== undefined;
}
