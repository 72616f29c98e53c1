import { addressesIn, namesTokenHeader, suspectLines } from './lines';
import type { Range } from './ranges';
import { Ranges } from './ranges';
import type { Source } from './shell/text/source';
import type { Trail } from './shell/trail';
import { plainCall } from './shell/trail';

/** Searches all lines of a script of which a part was not run. It skips requests that were found when the rest was run. */
export function noteSkippedLines(script: Source, trail: Trail): void {
  const calls = [...trail.calls.values()].map(({ source, pos, end }) => ({ pos: source.rootPosition(pos), end: source.rootPosition(end) }));
  noteSuspects(script, 0, Ranges.of([...calls, ...trail.followed]), trail);
}

/** Searches the lines of a script that cannot be parsed, from a position on. It skips calls that are already known. */
export function noteByLines(source: Source, from: number, trail: Trail): void {
  trail.notes.add('not parsed');
  const start = source.text.lastIndexOf('\n', from) + 1;
  const uses = noteSuspects(source, start, callsIn(source, trail), trail);
  for (const kind of uses) { trail.noteUse(kind); }
  if (!namesTokenHeader(source.text)) { noteAddresses(source, start, trail); }
}

/** Notes the calls in the lines of a script from a position on, without the known requests. Returns the requests that are right for IMDSv2. */
function noteSuspects(source: Source, start: number, known: Ranges, trail: Trail): readonly ('v2' | 'token')[] {
  const uses: ('v2' | 'token')[] = [];
  for (const { position: pos, end, kind, client, url } of suspectLines(source.text, start)) {
    if (known.overlap({ pos, end })) { continue; }
    if (kind === 'v1') { noteLine(source, { pos, end, client, url }, trail); } else { uses.push(kind); }
  }
  return uses;
}

/** Notes the lines that have an address of the service, but no known client. It is called if no line of the script sends a token. */
function noteAddresses(source: Source, start: number, trail: Trail): void {
  const { text } = source;
  const known = callsIn(source, trail);
  let line = { pos: 0, end: -1 };
  let isNoted = false;
  for (const { position, kind, url } of addressesIn(text.slice(start))) {
    const at = start + position;
    if (at > line.end) { [line, isNoted] = [lineAt(text, at), false]; }
    if (kind === 'token' || isNoted || known.overlap({ pos: line.pos, end: at + 1 })) { continue; }
    noteLine(source, { ...line, client: 'unknown', url }, trail);
    isNoted = true;
  }
}

function lineAt(text: string, position: number): Range {
  const end = text.indexOf('\n', position);
  return { pos: text.lastIndexOf('\n', position) + 1, end: end < 0 ? text.length : end };
}

function noteLine(source: Source, call: Range & { readonly client: string; readonly url: string }, trail: Trail): void {
  trail.note({ kind: 'v1', reason: 'not on its line', isCertain: false }, () => ({ ...plainCall(source, call), isOneLiner: false }));
}

function callsIn(source: Source, trail: Trail): Ranges {
  return Ranges.of([...trail.calls.values()].filter(call => call.source === source));
}
