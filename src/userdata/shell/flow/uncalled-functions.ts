import type { ShellRun } from '../shell-run';
import type { ShellFunction } from './functions';
import { inSubshell } from './ways';

/** How many functions a script at least leaves uncalled that others read in. */
const LEAST_OF_LIBRARY = 3;

/** A function that nothing calls is part of a library, or called in a way that nobody sees; in a script that does other things it is just not used. */
export function runUncalled(run: ShellRun): void {
  const mayBeCalled = isLibrary(run) ? () => true : namedAgain(run.source.text);
  for (const each of run.functions.all()) {
    if (!isUncalled(run, each) || !mayBeCalled(each)) { continue; }
    if (each.source === run.source) { run.statement = run.source.text.lastIndexOf('\n', each.body.pos) + 1; }
    inSubshell(run, () => run.functions.call(each, undefined));
  }
}

function isUncalled({ functions }: ShellRun, each: ShellFunction): boolean {
  return functions.isOwn(each) && !functions.called.has(each.name);
}

function isLibrary(run: ShellRun): boolean {
  const own = [...run.functions.all()].filter(each => run.functions.isOwn(each)).length;
  const uncalled = [...run.functions.all()].filter(each => isUncalled(run, each)).length;
  return run.actions === 0 || (uncalled >= LEAST_OF_LIBRARY && uncalled * 2 > own);
}

/** Tells of a function whether the script names it in more places than the one where it is defined. The names are counted when the first is asked for. */
function namedAgain(text: string): (each: ShellFunction) => boolean {
  let counts: ReadonlyMap<string, number> | undefined;
  return ({ name }) => {
    counts ??= countedNames(text);
    return (counts.get(name) ?? 0) > 1;
  };
}

/** How often each name is used, outside of comments. */
function countedNames(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (/^\s*#/.test(line)) { continue; }
    for (const [name] of line.matchAll(/[\w:-]+/g)) { counts.set(name, (counts.get(name) ?? 0) + 1); }
  }
  return counts;
}
