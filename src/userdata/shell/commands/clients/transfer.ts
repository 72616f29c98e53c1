import type { Request } from '../../../request/judge-request';

/** A request of a client on the command line, and the file that the answer goes to; without one it is written out. */
export interface Transfer extends Request {
  readonly output?: string;
  /** Whether what is written out is not the answer. */
  readonly writesOther?: boolean;
  /** How many times the command started anew before it. */
  readonly operation?: number;
}

/** What a client can read of its surroundings. */
export interface ClientFiles {
  readonly stdin: string | undefined;
  /** What a file holds that the script wrote. */
  textOf(path: string): string | undefined;
  /** A file in the home directory, such as `.curlrc`. */
  inHome(name: string): string | undefined;
  /** Another name of the metadata service, as in /etc/hosts. */
  isAlias(host: string): boolean;
}

/** Reads the arguments of a client. */
export type ReadClient = (args: readonly string[], files: ClientFiles) => readonly Transfer[];

/** Options taken apart: what they are called, their values, and what is no option. */
export interface ReadOptions {
  readonly options: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly rest: readonly string[];
  /** Whether something may be an option that nobody knows here. */
  readonly mayHaveOthers: boolean;
}

/** Takes arguments apart as getopt does. `takesValue` has letters and long names that are followed by a value. */
export function readOptions(args: readonly string[], takesValue: ReadonlySet<string>): ReadOptions {
  const options: { name: string; value: string | undefined }[] = [];
  const rest: string[] = [];
  let mayHaveOthers = false;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '--') {
      rest.push(...args.slice(index + 1));
      break;
    }
    if (/^[\uE000\uE002]+$/.test(arg)) { mayHaveOthers = true; }
    if (arg.startsWith('--')) {
      const [, name, value] = /^--([^=]*)(?:=(.*))?$/s.exec(arg)!;
      const takes = value === undefined && takesValue.has(longNamed(name, takesValue));
      options.push({ name: longNamed(name, takesValue), value: takes ? args[index + 1] : value });
      if (takes) { index += 1; }
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let at = 1; at < arg.length; at += 1) {
        const letter = arg[at];
        if (!takesValue.has(letter)) {
          options.push({ name: letter, value: undefined });
        } else {
          const glued = arg.slice(at + 1);
          options.push({ name: letter, value: glued === '' ? args[index + 1] : glued });
          if (glued === '') { index += 1; }
          break;
        }
      }
    } else {
      rest.push(arg);
    }
  }
  return { options, rest, mayHaveOthers };
}

/** A long option may be shortened as long as it is clear which one it is. */
function longNamed(name: string, known: ReadonlySet<string>): string {
  if (known.has(name) || name.length < 3) { return name; }
  const longer = [...known].filter(each => each.length > 1 && each.startsWith(name));
  return longer.length === 1 ? longer[0] : name;
}
