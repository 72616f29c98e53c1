import type { ShellRun } from '../shell-run';
import type { ShellFunction } from './functions';
import { inSubshell } from './ways';

/** The least number of uncalled functions that make a script a library for other scripts. */
const LEAST_OF_LIBRARY = 3;

/** Runs functions that nothing calls, if the script is a library, or if it names them again. Otherwise, they are unused. */
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

/** Returns whether the script names a function in more places than its definition. The names are counted at the first call. */
function namedAgain(text: string): (each: ShellFunction) => boolean {
  let counts: ReadonlyMap<string, number> | undefined;
  return ({ name }) => {
    counts ??= countedNames(text);
    return (counts.get(name) ?? 0) > 1;
  };
}

/** How often each name appears outside comments. */
function countedNames(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (/^\s*#/.test(line)) { continue; }
    for (const [name] of line.matchAll(/[\w:-]+/g)) { counts.set(name, (counts.get(name) ?? 0) + 1); }
  }
  return counts;
}
