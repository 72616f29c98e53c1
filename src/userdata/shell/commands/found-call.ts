import type { Caller } from '../flow/functions';
import type { ShellRun } from '../shell-run';
import type { Source } from '../text/source';
import type { UnjudgedCall } from '../trail';
import type { Invocation } from './invocation';

/** The request of a call. */
interface Request {
  readonly client: string;
  readonly url: string;
  /** The argument that sends a header, if the client can send one. */
  readonly header?: (header: string) => string;
  /** How many `--next` of curl are before it. */
  readonly operation?: number;
}

/** All arguments of a function, or its last ones. */
const REST = /^"?\$(?:[@*]|\{[@*](?::\d+)?\})"?$/;

/** The place where a command is written. If a function runs its own arguments, that is the place of its caller. */
function originOf(call: Invocation, source: Source, caller: Caller | undefined): Pick<Invocation, 'node' | 'words'> & { readonly source: Source } {
  const { argv, node, words } = call;
  const from = caller ? caller.call.argv.length - argv.length : 0;
  const isPassedOn = caller && from > 0 && REST.test(words[0]?.text ?? '') && argv.every((arg, index) => caller.call.argv[from + index] === arg);
  if (!isPassedOn) { return { node, words, source }; }
  const passed = { ...caller.call, argv, words: caller.call.words.slice(from) };
  return originOf(passed, caller.source, caller.outer);
}

/** The position for another header: the end of all words for HTTPie, else the end of the client's name or of the `--next` before the request. */
function placeForHeader(words: Invocation['words'], { client, operation }: Pick<Request, 'client' | 'operation'>): number | undefined {
  if (/^(?:https?|xh)$/.test(client)) { return words[words.length - 1]?.end; }
  return (operation ? words.filter(word => word?.text === '--next' || word?.text === '-:')[operation - 1] : words[0])?.end;
}

/** Creates the record of an IMDSv1 call. */
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
