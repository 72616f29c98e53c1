import type { PossibleText } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Node, Word } from '../syntax';
import type { Source } from '../text/source';

/** A command that is about to run: its arguments, and the word that each of them comes from. */
export interface Invocation {
  readonly node: Node;
  readonly argv: readonly string[];
  readonly words: readonly (Word | undefined)[];
  readonly stdin: Input | undefined;
}

/** The input of a command: a text, and the place where it is written. */
export interface Input {
  readonly text: PossibleText;
  readonly source?: Source;
}

/** Simulates a command, as far as requests depend on it. Returns its possible output. */
export interface RunCommand {
  (run: ShellRun, call: Invocation): PossibleText;
}
