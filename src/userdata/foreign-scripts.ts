import { addressesIn, namesTokenHeader } from './lines';
import { rewrittenPowerShell } from './powershell/rewrite';
import { scanPowerShell } from './powershell/scan-powershell';
import { rewrittenPython } from './python/rewrite';
import { scanPython } from './python/scan-python';
import type { PossibleText } from './request/possible-text';
import { ANYTHING, TOKEN } from './request/possible-text';
import { scanShell } from './shell/scan-shell';
import type { ShellRun } from './shell/shell-run';
import type { Source } from './shell/text/source';
import type { Trail } from './shell/trail';
import { plainCall } from './shell/trail';

/** The deepest nesting of shell scripts at which the command lines of a program are still scanned. */
const DEEPEST = 4;

/** Scans a script in another language that a shell script runs. Returns the possible output. */
export function scanForeign(language: string, source: Source, trail: Trail, run: ShellRun): PossibleText {
  const { tokens, v2 } = trail;
  if (language === 'python') {
    notePython(source, trail, run.source.depth <= DEEPEST);
  } else if (/^(?:pwsh|powershell)$/.test(language)) { notePowerShell(source, trail); } else { noteOther(source, trail, language); }
  if (trail.tokens > tokens || trail.v2 > v2) { trail.touches += 1; }
  return trail.tokens > tokens && trail.v2 === v2 ? [TOKEN] : ANYTHING;
}

/** Notes the requests of a Python program, and those of the command lines that it runs. */
export function notePython(source: Source, trail: Trail, followsCommands: boolean): void {
  const { requests, commands } = scanPython(source.text);
  for (const request of requests) {
    const { pos, end, client, url, judgement } = request;
    const rewritten = rewrittenPython(request, source.text.slice(pos, end));
    trail.note(judgement, () => ({ ...plainCall(source, { pos, end, client, url }), rewritten }));
  }
  for (const { pos, end, command } of followsCommands ? commands : []) {
    const inner = scanShell(command, () => ANYTHING);
    trail.v2 += inner.v2;
    trail.tokens += inner.tokens;
    for (const { client, url, reason, header, isCertain } of inner.calls.values()) {
      trail.note({ kind: 'v1', reason, header, isCertain }, () => plainCall(source, { pos, end, client, url }));
    }
  }
}

export function notePowerShell(source: Source, trail: Trail): void {
  for (const request of scanPowerShell(source.text)) {
    const { pos, end, client, url, judgement, isFallback = false } = request;
    const rewritten = rewrittenPowerShell(request, source.text);
    trail.note(judgement, () => ({ ...plainCall(source, { pos, end, client, url }), visits: [{ isGuarded: isFallback }], rewritten }));
  }
}

/** Notes the requests of a program in Perl, Ruby or another language. They count as IMDSv2 if the token header appears anywhere in the program. */
export function noteOther(source: Source, trail: Trail, language: string): void {
  const hasHeader = namesTokenHeader(source.text);
  for (const { position: pos, end, kind, url } of addressesIn(source.text)) {
    if (kind === 'token') { trail.tokens += 1; } else if (hasHeader) { trail.v2 += 1; } else {
      trail.note({ kind: 'v1', reason: 'no token', isCertain: true }, () => plainCall(source, { pos, end, client: language, url }));
    }
  }
}
