import type { PossibleText } from '../../../request/possible-text';
import { NOTHING, UNKNOWN, hasToken, isKnown } from '../../../request/possible-text';
import type { ShellRun } from '../../shell-run';
import type { Invocation } from '../invocation';

/** The most lines that are followed. */
const MOST_LINES = 8;
const NAME = /^[A-Za-z_]\w*$/;
/** An option with a value. The word after it is no variable. */
const TAKES_VALUE = /^-[^ra]*[pdtnNui]$/;

/** `read`. Each line of the input is a possible value. */
export function runRead(run: ShellRun, { argv, stdin }: Invocation): PossibleText {
  const names = argv.slice(1).filter((arg, index) => NAME.test(arg) && !TAKES_VALUE.test(argv[index] ?? ''));
  const isArray = argv.some(arg => /^-r?a/.test(arg));
  const lines = stdin?.text.flatMap(text => text.split('\n')).filter(line => line.trim() !== '').slice(0, MOST_LINES) ?? [UNKNOWN];
  if (names.length === 1) {
    const trimmed = lines.map(line => line.trim());
    run.scope.set(names[0], lines.length === 0 ? [''] : isArray ? trimmed.map(line => line.split(/\s+/)) : trimmed);
  } else {
    names.forEach((name, index) => run.scope.set(name, lines.map(line => fieldOf(line, index, index === names.length - 1))));
  }
  return NOTHING;
}

/** The part of a line for one of several variables: a field, or the rest for the last variable. */
function fieldOf(line: string, index: number, isLast: boolean): string {
  if (hasToken(line) || !isKnown(line) && !/\s/.test(line)) { return index === 0 ? line : UNKNOWN; }
  const fields = line.trim().split(/\s+/);
  return isLast ? fields.slice(index).join(' ') : fields[index] ?? '';
}

/** `mapfile`. The lines become an array. */
export function runMapfile(run: ShellRun, { argv, stdin }: Invocation): PossibleText {
  const name = argv.slice(1).reverse().find(arg => NAME.test(arg)) ?? 'MAPFILE';
  const lines = (stdin?.text[0] ?? UNKNOWN).split('\n');
  run.scope.set(name, [lines[lines.length - 1] === '' ? lines.slice(0, -1) : lines]);
  return NOTHING;
}
