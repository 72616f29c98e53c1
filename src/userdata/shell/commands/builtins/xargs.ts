import type { PossibleText } from '../../../request/possible-text';
import { ANYTHING, oneOfAll } from '../../../request/possible-text';
import type { ShellRun } from '../../shell-run';
import { callCommand } from '../call-command';
import { filtered } from '../filters';
import type { Invocation } from '../invocation';

/** The most words of the input that become arguments, and the most commands that are run with them. */
const MOST_WORDS = 20;
const MOST_COMMANDS = 8;

/** `xargs`. Each word of the input becomes an argument. */
export function runXargs(run: ShellRun, call: Invocation): PossibleText {
  const { argv, words, stdin } = call;
  const { at, placeholder } = readOptions(argv);
  const inner = argv.slice(at);
  if (inner.length === 0) { return filtered(call); }
  const read = (stdin?.text ?? ANYTHING).flatMap(text => text.trim().split(placeholder === undefined ? /\s+/ : '\n')).slice(0, MOST_WORDS);
  const commands = placeholder === undefined
    ? [[...inner, ...read]]
    : read.slice(0, MOST_COMMANDS).map(each => inner.map(arg => arg.replaceAll(placeholder, () => each)));
  return oneOfAll(commands.flatMap(each => callCommand(run, {
    node: call.node, argv: each, words: each.map((_, index) => words[at + index]), stdin: undefined,
  })));
}

/** The position of the command, and the placeholder in it. */
function readOptions(argv: readonly string[]): { readonly at: number; readonly placeholder: string | undefined } {
  let at = 1;
  let placeholder: string | undefined;
  while (at < argv.length && argv[at].startsWith('-')) {
    const option = argv[at];
    const takesValue = /^-[InPLsdEa]$/.test(option) || /^--(?:max-args|max-procs|replace|delimiter|arg-file)$/.test(option);
    if (option.startsWith('-I')) { placeholder = option.length > 2 ? option.slice(2) : argv[at + 1]; }
    if (option === '-i') { placeholder = '{}'; }
    at += takesValue ? 2 : 1;
  }
  return { at, placeholder };
}
