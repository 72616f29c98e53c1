import type { PossibleText } from '../../request/possible-text';
import type { ShellRun } from '../shell-run';
import type { Node, Word } from '../syntax';
import type { Source } from '../text/source';

/** A command about to be run: what it is called with, and which word each of it comes from. */
export interface Invocation {
  readonly node: Node;
  readonly argv: readonly string[];
  readonly words: readonly (Word | undefined)[];
  readonly stdin: Input | undefined;
}

/** What a command reads: a text, and where that is written. */
export interface Input {
  readonly text: PossibleText;
  readonly source?: Source;
}

/** What a command does, as far as it matters here; what it writes. */
export interface RunCommand {
  (run: ShellRun, call: Invocation): PossibleText;
}
