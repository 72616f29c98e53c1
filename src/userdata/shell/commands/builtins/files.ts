import type { PossibleText } from '../../../request/possible-text';
import { ANYTHING, NOTHING, oneOfAll } from '../../../request/possible-text';
import type { ShellRun } from '../../shell-run';
import type { Invocation } from '../invocation';

/** The most files that are concatenated, and the most texts of the result. */
const MOST_FILES = 8;
const MOST_TEXTS = 8;

export function runCat(run: ShellRun, call: Invocation): PossibleText {
  const { files } = run.world;
  const paths = call.argv.slice(1).filter(arg => !/^-\w+$/.test(arg));
  if (paths.length === 0 || paths[0] === '-') {
    run.written = call.stdin?.source;
    return call.stdin?.text ?? ANYTHING;
  }
  run.written = files.get(paths[0])?.sources[0];
  return oneOfAll(paths.slice(0, MOST_FILES).map(path => files.textOf(path))
    .reduce((all, text) => all.flatMap(each => text.map(other => each + other)).slice(0, MOST_TEXTS), ['']));
}

export function runTee(run: ShellRun, call: Invocation): PossibleText {
  const isAppended = call.argv.some(arg => arg === '-a' || arg === '--append');
  const source = call.stdin?.source;
  for (const path of call.argv.slice(1).filter(arg => !arg.startsWith('-'))) {
    run.world.files.write(path, call.stdin?.text ?? ANYTHING, isAppended ? 'append' : 'replace', source);
  }
  run.written = source;
  return call.stdin?.text ?? ANYTHING;
}

export function runChmod({ world }: ShellRun, { argv }: Invocation): PossibleText {
  if (/^[^+]*\+.*x|[1357]/.test(argv[1] ?? '')) { argv.slice(2).forEach(path => world.files.executables.add(path)); }
  return NOTHING;
}

/** `cp`, `mv` and `install`. The last path is the target. */
export function runCopy({ world: { files } }: ShellRun, { argv }: Invocation): PossibleText {
  const [to, from] = argv.slice(1).filter(arg => !arg.startsWith('-')).reverse();
  if (to && files.get(from ?? '')) {
    files.copy(from, to);
    if (argv[0] === 'install') { files.executables.add(to); }
  }
  return NOTHING;
}
