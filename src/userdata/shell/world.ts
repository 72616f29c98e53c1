import type { PossibleText } from '../request/possible-text';
import type { Invocation } from './commands/invocation';
import type { ShellRun } from './shell-run';
import type { Source } from './text/source';
import type { Trail } from './trail';
import type { WrittenFiles } from './written-files';

/** What one script, and the scripts it runs, have in common. */
export interface World {
  readonly trail: Trail;
  readonly files: WrittenFiles;
  /** The names that the script gives to the metadata service. */
  readonly aliases: Set<string>;
  /** File descriptors that are connected to the metadata service. */
  readonly sockets: Set<string>;
  /** Whether the last command of a pipeline runs in the shell itself. */
  readonly keepsLast: boolean;
  /** Reads a script in a language that is not shell. */
  readonly foreign: (language: string, source: Source, run: ShellRun) => PossibleText;
  /** Reads what cannot be parsed. */
  readonly byLines: (source: Source, from: number) => void;
  /** Is told of each command, as it is called. */
  readonly called?: (call: Invocation, run: ShellRun) => void;
}
