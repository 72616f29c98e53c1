import type { PossibleText } from '../../../request/possible-text';
import { ANYTHING, NOTHING } from '../../../request/possible-text';
import type { End } from '../../flow/ways';
import { inSubshell } from '../../flow/ways';
import type { ShellRun } from '../../shell-run';
import type { Invocation, RunCommand } from '../invocation';
import { socketRequest } from '../sockets';
import { runDeclare } from './declare';
import { runEcho, runPrintf } from './echo';
import { runCat, runChmod, runCopy, runTee } from './files';
import { runMapfile, runRead } from './read';
import { runXargs } from './xargs';

/** The most words of `eval` that are read. */
const MOST_WORDS = 200;

/** Commands of the shell, and commands that pass on their input. */
export const BUILTINS: ReadonlyMap<string, RunCommand> = new Map<string, RunCommand>([
  ['echo', runEcho], ['printf', runPrintf],
  ['read', runRead], ['mapfile', runMapfile], ['readarray', runMapfile],
  ...['export', 'local', 'declare', 'typeset', 'readonly'].map((name): [string, RunCommand] => [name, runDeclare]),
  ['unset', runUnset], ['set', runSet], ['shift', runShift], ['alias', () => NOTHING],
  ['eval', runEval], ['source', runSource], ['.', runSource], ['trap', runTrap],
  ['exit', ends('script')], ['return', ends('function')], ['break', ends('loop')], ['continue', ends('loop')],
  ['cat', runCat], ['tee', runTee], ['chmod', runChmod], ['mv', runCopy], ['cp', runCopy], ['install', runCopy],
  ['xargs', runXargs], ['parallel', runXargs],
  ...['nc', 'ncat', 'netcat', 'telnet', 'socat'].map((name): [string, RunCommand] => [name, socketRequest]),
]);

function ends(what: End): RunCommand {
  return run => {
    run.end = what;
    return NOTHING;
  };
}

function runUnset({ scope }: ShellRun, { argv }: Invocation): PossibleText {
  argv.slice(1).forEach(name => scope.remove(name));
  return NOTHING;
}

function runShift({ scope }: ShellRun, { argv }: Invocation): PossibleText {
  scope.args = scope.args?.slice(Number(argv[1] ?? 1) || 1);
  return NOTHING;
}

/** The arguments of `set` that are not options become those of the script. */
function runSet({ scope }: ShellRun, { argv }: Invocation): PossibleText {
  const dashes = argv.indexOf('--');
  if (dashes > 0) { scope.args = argv.slice(dashes + 1); } else if (argv.length > 1 && !/^[-+]/.test(argv[1])) { scope.args = argv.slice(1); }
  return NOTHING;
}

function runEval(run: ShellRun, call: Invocation): PossibleText {
  const words = [...new Set(call.words.slice(1))].filter(word => word !== undefined);
  return run.runHere(run.mapped(call.node.pos).addWords(words.slice(0, MOST_WORDS)).toSource());
}

function runSource(run: ShellRun, { argv: [, path = ''] }: Invocation): PossibleText {
  const { files } = run.world;
  const file = files.get(path) ?? files.get(path.replace(/^\.\//, ''));
  if (file) {
    file.sources.forEach(source => run.runHere(source));
    files.noteRun(file);
  } else { run.scope.forget(); }
  return ANYTHING;
}

function runTrap(run: ShellRun, { argv, words: [, word], node }: Invocation): PossibleText {
  if (!word || argv.length < 3 || argv[1].startsWith('-')) { return NOTHING; }
  inSubshell(run, () => run.runHere(run.mapped(node.pos).addWord(word).toSource()));
  return NOTHING;
}
