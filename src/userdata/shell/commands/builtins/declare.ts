import type { PossibleText } from '../../../request/possible-text';
import { NOTHING } from '../../../request/possible-text';
import type { ShellRun } from '../../shell-run';
import type { Invocation } from '../invocation';

/** `export`, `local`, `declare` and similar commands. */
export function runDeclare(run: ShellRun, { argv: [command, ...args] }: Invocation): PossibleText {
  const options = args.filter(arg => arg.startsWith('-')).join('');
  if (options.includes('f')) { callNamed(run, args); }
  if (options.includes('f') || options.includes('p')) { return NOTHING; }
  // An assignment to a reference sets the variable that it names.
  if (options.includes('n')) { run.scope.forget(); }
  const isLocal = command === 'local' || (run.functions.areRunning && command !== 'export' && command !== 'readonly' && !options.includes('g'));
  const isExported = command === 'export' || options.includes('x');
  for (const arg of args.filter(each => !each.startsWith('-'))) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:\+?=(.*))?$/s.exec(arg) ?? [];
    if (!name) { continue; }
    if (isLocal) { run.functions.declareLocal(name); }
    if (value !== undefined) { run.scope.set(name, [value]); } else if (command === 'local' && !options.includes('a')) { run.scope.set(name, ['']); }
    if (isExported) { run.scope.export(name); }
  }
  return NOTHING;
}

/** An exported function can be called by another script. */
function callNamed({ functions }: ShellRun, names: readonly string[]): void {
  for (const name of names) {
    const known = functions.get(name);
    if (known) { functions.call(known, undefined); }
  }
}
