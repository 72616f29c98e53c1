import type { Language, Part } from './documents/part';
import type { Reason } from './request/judge-request';
import { shown } from './request/possible-text';
import type { ScriptLine } from './script-lines';
import { excerptOf, lineFinder } from './script-lines';
import { rewriteCalls } from './shell/rewrite';
import type { FoundCall, ScanNote, Trail } from './shell/trail';

/** An IMDSv1 call, and its position. */
export interface ScannedCall {
  readonly line: number;
  readonly command: string;
  readonly client: string;
  readonly url: string;
  readonly reason: Reason;
  readonly header?: string;
  readonly certainty: 'certain' | 'likely' | 'fallback';
  readonly rewritten?: string;
  /** Whether the rewritten call uses the variable that `tokenCommand` sets. */
  readonly usesTokenCommand: boolean;
  /** Its lines, and the lines around it. */
  readonly excerpt: readonly ScriptLine[];
}

/** A script that another script downloads and runs. */
export interface FetchedScript {
  readonly line: number;
  readonly url: string;
}

/** A script of the user data, and its calls. */
export interface ScannedScript {
  readonly language: Language;
  readonly text: string;
  /** The line of the user data where it starts. `undefined` if it is encoded there. */
  readonly line?: number;
  readonly calls: readonly ScannedCall[];
  readonly v2: number;
  readonly tokens: number;
  readonly notes: readonly string[];
  readonly fetched: readonly FetchedScript[];
  readonly tokenCommand?: string;
  readonly rewritten: string;
}

const LONGEST_COMMAND = 400;
const MOST_FETCHED = 20;

/** The result of a trail. */
export function scannedScript(part: Part, trail: Trail, given = part.text): ScannedScript {
  const lineAt = lineFinder(part);
  const calls = [...trail.calls.values()].sort((first, second) => first.source.rootPosition(first.pos) - second.source.rootPosition(second.pos));
  const { commands, usesVariable, tokenCommand, script } = rewriteCalls(part.text, calls);
  const fetched = [...trail.fetched].slice(0, MOST_FETCHED)
    .map(([url, { source, pos }]) => ({ line: lineAt(source.rootPosition(pos)), url: shown(url) }));
  return {
    language: part.language,
    text: given,
    line: part.line,
    calls: calls.map(call => ({
      line: lineAt(call.source.rootPosition(call.pos)),
      command: shown(call.source.text.slice(call.pos, call.end)).slice(0, LONGEST_COMMAND),
      client: call.client,
      url: call.url,
      reason: call.reason,
      header: call.header,
      certainty: certaintyOf(call, trail),
      rewritten: commands.get(call),
      usesTokenCommand: usesVariable.has(call),
      excerpt: excerptOf(part.text, call.source.rootPosition(call.pos), call.source.rootPosition(call.end), lineAt),
    })),
    v2: trail.v2,
    tokens: trail.tokens,
    notes: notesOn(fetched, trail),
    fetched,
    tokenCommand,
    rewritten: part.language === 'shell' ? script : given,
  };
}

/** Whether a script requests or sends a token. */
export function usesTokens({ v2, tokens }: ScannedScript): boolean {
  return v2 + tokens > 0;
}

/** A script without the calls of unknown programs, which can be other scripts of the same instance. */
export function withoutUnknownPrograms(script: ScannedScript): ScannedScript {
  const calls = script.calls.filter(({ client, reason }) => client !== 'unknown' && reason !== 'unknown program');
  return calls.length === script.calls.length ? script : { ...script, calls };
}

/** The certainty of a call. A call can only be a fallback if the script uses IMDSv2 elsewhere. */
function certaintyOf({ visits, isCertain }: FoundCall, { v2 }: Trail): ScannedCall['certainty'] {
  if (v2 > 0 && visits.every(({ isGuarded }) => isGuarded)) { return 'fallback'; }
  return isCertain ? 'certain' : 'likely';
}

const NOTES: { readonly [note in ScanNote]: string } = {
  'not parsed': 'a part of it was not parsed, so it was searched line by line',
  'not followed': 'a part of it was not followed, because it takes too many steps or is nested too deep, so its lines were searched',
};

function notesOn(fetched: readonly FetchedScript[], { notes }: Trail): string[] {
  return [
    ...[...notes].map(note => NOTES[note]),
    ...fetched.map(({ url }) => `it runs what it downloads from ${url}, which is not checked`),
  ];
}
