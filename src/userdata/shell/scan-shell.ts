import { noteByLines, noteSkippedLines } from '../by-lines';
import { namesTokenHeader } from '../lines';
import type { PossibleText } from '../request/possible-text';
import { ANYTHING } from '../request/possible-text';
import { runLaterScripts } from './later-scripts';
import { Scope } from './scope';
import { ShellRun } from './shell-run';
import { Source } from './text/source';
import { Trail } from './trail';
import type { World } from './world';
import { WrittenFiles } from './written-files';

/** Scans a script in another language that a shell script runs. */
export interface ScanForeign {
  (language: string, source: Source, trail: Trail, run: ShellRun): PossibleText;
}

/** Shells that run the last command of a pipeline without a subshell. */
const KEEPS_LAST = /^\s*#!.*\b[kz]sh\b|\bshopt\s+-s\s+lastpipe\b/;

/** Simulates a shell script, and then the scripts in it that run later. */
export function scanShell(text: string, foreign: ScanForeign = () => ANYTHING): Trail {
  const trail = new Trail(text.length);
  const aliases = new Set<string>();
  const world: World = {
    trail,
    files: new WrittenFiles(aliases),
    aliases,
    sockets: new Set(),
    keepsLast: KEEPS_LAST.test(text),
    foreign: (language, source, run) => foreign(language, source, trail, run),
    byLines: (source, from) => noteByLines(source, from, trail),
  };
  const script = Source.of(text);
  const run = new ShellRun(world, script, Scope.empty([]));
  run.run();
  runLaterScripts(run);
  if (trail.v2 === 0 && !namesTokenHeader(text)) {
    for (const call of trail.unknown) { trail.note({ kind: 'v1', reason: 'unknown program', isCertain: false }, () => call); }
  }
  if (trail.notes.has('not followed')) { noteSkippedLines(script, trail); }
  return trail;
}
