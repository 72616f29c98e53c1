import type { Request } from '../../../request/judge-request';

/** A request of a client on the command line, and the file for the response. Without a file, the client prints the response. */
export interface Transfer extends Request {
  readonly output?: string;
  /** Whether the client prints something other than the response. */
  readonly writesOther?: boolean;
  /** How many `--next` are before it in the command. */
  readonly operation?: number;
}

/** The files and aliases that a client can read. */
export interface ClientFiles {
  readonly stdin: string | undefined;
  /** The contents of a file, if the script wrote it. */
  textOf(path: string): string | undefined;
  /** A file in the home directory, such as `.curlrc`. */
  inHome(name: string): string | undefined;
  /** Whether a host is an alias of the metadata service, as in /etc/hosts. */
  isAlias(host: string): boolean;
}

/** Reads the arguments of a client. */
export type ReadClient = (args: readonly string[], files: ClientFiles) => readonly Transfer[];

/** Parsed arguments: the options with their values, and the other arguments. */
export interface ReadOptions {
  readonly options: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly rest: readonly string[];
  /** Whether something can be an unknown option. */
  readonly mayHaveOthers: boolean;
}

/** Parses arguments as getopt does. `takesValue` contains the letters and long names of options with a value. */
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

/** The full name of a long option, which can be shortened as long as it is unique. */
function longNamed(name: string, known: ReadonlySet<string>): string {
  if (known.has(name) || name.length < 3) { return name; }
  const longer = [...known].filter(each => each.length > 1 && each.startsWith(name));
  return longer.length === 1 ? longer[0] : name;
}
