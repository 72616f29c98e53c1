import { suspectLines } from './lines';
import type { Source } from './shell/text/source';
import type { Trail } from './shell/trail';
import { plainCall } from './shell/trail';

/** The place of a request in a script. */
interface Place {
  readonly pos: number;
  readonly end: number;
}

/** Searches all lines of a script of which a part was not run. It skips requests that were found when the rest was run. */
export function noteSkippedLines(script: Source, trail: Trail): void {
  const calls = [...trail.calls.values()].map(({ source, pos, end }) => ({ pos: source.rootPosition(pos), end: source.rootPosition(end) }));
  noteSuspects(script, 0, [...calls, ...trail.rightRequests], trail);
}

/** Searches the lines of a script that cannot be parsed, from a position on. It skips calls that are already known. */
export function noteByLines(source: Source, from: number, trail: Trail): void {
  const known = [...trail.calls.values()].filter(call => call.source === source);
  const uses = noteSuspects(source, source.text.lastIndexOf('\n', from) + 1, known, trail);
  for (const kind of uses) { trail.noteUse(kind); }
}

/** Notes the calls in the lines of a script from a position on, without the known requests. Returns the requests that are right for IMDSv2. */
function noteSuspects(source: Source, start: number, known: readonly Place[], trail: Trail): readonly ('v2' | 'token')[] {
  trail.notes.add('not parsed');
  const uses: ('v2' | 'token')[] = [];
  for (const { position: pos, end, kind, client, url } of suspectLines(source.text, start)) {
    if (known.some(request => request.pos < end && request.end > pos)) { continue; }
    if (kind === 'v1') {
      trail.note({ kind, reason: 'no token', isCertain: false }, () => ({ ...plainCall(source, { pos, end, client, url }), isOneLiner: false }));
    } else { uses.push(kind); }
  }
  return uses;
}
