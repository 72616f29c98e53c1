import type { PossibleText } from '../request/possible-text';
import type { Invocation } from './commands/invocation';
import type { ShellRun } from './shell-run';
import type { Source } from './text/source';
import type { Trail } from './trail';
import type { WrittenFiles } from './written-files';

/** The state that a script shares with the scripts that it runs. */
export interface World {
  readonly trail: Trail;
  readonly files: WrittenFiles;
  /** The aliases of the metadata service in the script. */
  readonly aliases: Set<string>;
  /** File descriptors that are connected to the metadata service. */
  readonly sockets: Set<string>;
  /** Whether the last command of a pipeline runs without a subshell. */
  readonly keepsLast: boolean;
  /** Scans a script in another language. */
  readonly foreign: (language: string, source: Source, run: ShellRun) => PossibleText;
  /** Searches the lines of a script that cannot be parsed. */
  readonly byLines: (source: Source, from: number) => void;
  /** Is called for each command. */
  readonly called?: (call: Invocation, run: ShellRun) => void;
}
