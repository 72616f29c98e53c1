import type { Caller } from '../flow/functions';
import type { ShellRun } from '../shell-run';
import type { Source } from '../text/source';
import type { UnjudgedCall } from '../trail';
import type { Invocation } from './invocation';

/** The request that a call makes. */
interface Request {
  readonly client: string;
  readonly url: string;
  /** How the client is given a header, where it can be. */
  readonly header?: (header: string) => string;
  /** How often curl has started anew in front of it. */
  readonly operation?: number;
}

/** All arguments of a function, or the last of them. */
const REST = /^"?\$(?:[@*]|\{[@*](?::\d+)?\})"?$/;

/** Where a command is written: a function that runs its arguments runs what its caller wrote. */
function originOf(call: Invocation, source: Source, caller: Caller | undefined): Pick<Invocation, 'node' | 'words'> & { readonly source: Source } {
  const { argv, node, words } = call;
  const from = caller ? caller.call.argv.length - argv.length : 0;
  const isPassedOn = caller && from > 0 && REST.test(words[0]?.text ?? '') && argv.every((arg, index) => caller.call.argv[from + index] === arg);
  if (!isPassedOn) { return { node, words, source }; }
  const passed = { ...caller.call, argv, words: caller.call.words.slice(from) };
  return originOf(passed, caller.source, caller.outer);
}

/** Where a client takes another header: HTTPie behind all, curl behind its name, or behind the word with which it starts anew. */
function placeForHeader(words: Invocation['words'], { client, operation }: Pick<Request, 'client' | 'operation'>): number | undefined {
  if (/^(?:https?|xh)$/.test(client)) { return words[words.length - 1]?.end; }
  return (operation ? words.filter(word => word?.text === '--next' || word?.text === '-:')[operation - 1] : words[0])?.end;
}

/** What is written down of an IMDSv1 call. */
export function foundCall(run: ShellRun, call: Invocation, request: Request): UnjudgedCall {
  const { node, words, source } = originOf(call, run.source, run.functions.caller);
  const at = placeForHeader(words, request);
  return {
    source,
    pos: node.pos,
    end: node.end,
    client: request.client,
    url: request.url,
    visits: [{ isGuarded: run.attempts.haveFailed }],
    repair: at !== undefined && request.header ? { at, header: request.header } : undefined,
    tokenNames: run.scope.tokenNames(),
    script: run.top,
    statement: run.statement,
    isOneLiner: run.isOneLiner,
  };
}
