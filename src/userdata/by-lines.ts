import { suspectLines } from './lines';
import type { Source } from './shell/text/source';
import type { Trail } from './shell/trail';
import { plainCall } from './shell/trail';

/** Searches all lines of a script of which a part was not run. It skips requests that were found when the rest was run. */
export function noteSkippedLines(script: Source, trail: Trail): void {
  trail.notes.add('not parsed');
  const calls = [...trail.calls.values()].map(({ source, pos, end }) => ({ pos: source.rootPosition(pos), end: source.rootPosition(end) }));
  const known = [...calls, ...trail.rightRequests];
  for (const { position: pos, end, kind, client, url } of suspectLines(script.text, 0)) {
    if (kind !== 'v1' || known.some(request => request.pos < end && request.end > pos)) { continue; }
    trail.note({ kind, reason: 'no token', isCertain: false }, () => ({ ...plainCall(script, { pos, end, client, url }), isOneLiner: false }));
  }
}

/** Searches the lines of a script that cannot be parsed, from a position on. It skips calls that are already known. */
export function noteByLines(source: Source, from: number, trail: Trail): void {
  trail.notes.add('not parsed');
  const start = source.text.lastIndexOf('\n', from) + 1;
  const known = [...trail.calls.values()].filter(call => call.source === source);
  for (const { position: pos, end, kind, client, url } of suspectLines(source.text, start)) {
    if (known.some(call => call.pos < end && call.end > pos)) { continue; }
    if (kind === 'v1') {
      trail.note({ kind, reason: 'no token', isCertain: false }, () => ({ ...plainCall(source, { pos, end, client, url }), isOneLiner: false }));
    } else { trail.noteUse(kind); }
  }
}
