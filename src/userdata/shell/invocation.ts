import type { PossibleText } from '../request/possible-text';
import type { WrittenFile } from './scope';
import type { ShellRun } from './shell-run';
import type { Source } from './source';
import type { Node, Word } from './syntax';
import type { Trail } from './trail';

/** What one script, and the scripts it runs, have in common. */
export interface World {
  readonly trail: Trail;
  readonly files: Map<string, WrittenFile>;
  readonly executables: Set<string>;
  readonly aliases: Set<string>;
  /** File descriptors that are connected to the metadata service. */
  readonly sockets: Set<string>;
  /** Whether the last command of a pipeline runs in the shell itself. */
  readonly keepsLast: boolean;
  /** Reads a script in a language that is not shell. */
  readonly foreign: (language: string, source: Source, run: ShellRun) => PossibleText;
  /** Reads what cannot be parsed. */
  readonly byLines: (source: Source, from: number) => void;
}

/** A command about to be run: what it is called with, and which word each of it comes from. */
export interface Invocation {
  readonly node: Node;
  readonly argv: readonly string[];
  readonly words: readonly (Word | undefined)[];
  readonly stdin: Input | undefined;
}

/** The call of a function: what stands there may be run inside as it is. */
export interface Caller {
  readonly call: Invocation;
  readonly source: Source;
  readonly outer: Caller | undefined;
}

/** What a command reads: a text, and where that is written. */
export interface Input {
  readonly text: PossibleText;
  readonly source?: Source;
}
