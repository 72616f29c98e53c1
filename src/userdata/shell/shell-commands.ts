import { ANYTHING, UNKNOWN } from '../request/possible-text';
import { Scope } from './scope';
import { ShellRun } from './shell-run';
import { Source } from './text/source';
import { Trail } from './trail';
import { WrittenFiles } from './written-files';

/** A command that a shell script runs. */
export interface ShellCommand {
  /** Its words. Marks stand for unknown parts. */
  readonly argv: readonly string[];
  /** The position of a word in the script. */
  readonly positionOf: (word: number) => number;
}

/** The commands that a shell script runs, also through `sudo` or `sh -c`, in each possible expansion. */
export function commandsOf(script: string, variables: ReadonlyMap<string, string>): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  const scope = Scope.empty([], UNKNOWN);
  for (const [name, value] of variables) {
    scope.set(name, [value]);
    scope.export(name);
  }
  const run = new ShellRun({
    trail: new Trail(script.length),
    files: new WrittenFiles(new Set()),
    aliases: new Set(),
    sockets: new Set(),
    keepsLast: false,
    foreign: () => ANYTHING,
    byLines: () => undefined,
    called: ({ argv, words, node }, { source }) => commands.push({ argv, positionOf: word => source.rootPosition((words[word] ?? node).pos) }),
  }, Source.of(script), scope);
  run.run();
  return commands;
}
