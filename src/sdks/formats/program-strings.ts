import type { Dependency } from '../dependency';
import { required } from '../version-range';

/** The strings in a program that contains an SDK: a prefix to search for, and a pattern with the version. */
const SIGNS = [
  /** .NET puts the list of packages into a single-file program. */
  { ecosystem: 'nuget', name: 'AWSSDK.Core', begins: '"AWSSDK.Core/', version: /^"AWSSDK\.Core\/(\d{1,9}(?:\.\d{1,9}){2,3})"/ },
  /** Rust puts the paths of source files into a program, for panic messages. */
  { ecosystem: 'cargo', name: 'rusoto_core', begins: 'rusoto_core-', version: /^rusoto_core-(\d{1,9}(?:\.\d{1,9}){2})[\\/]src/ },
  { ecosystem: 'cargo', name: 'rusoto_credential', begins: 'rusoto_credential-', version: /^rusoto_credential-(\d{1,9}(?:\.\d{1,9}){2})[\\/]src/ },
] as const;

/** The most matches that are read, and the number of bytes of each. */
const MOST_PLACES = 1000;
const LONGEST = 60;

/** The SDKs in a .NET or Rust program, each once. */
export function inProgram(bytes: Buffer): readonly Dependency[] {
  return SIGNS.flatMap(({ ecosystem, name, begins, version: pattern }): readonly Dependency[] => {
    let at = bytes.indexOf(begins);
    for (let places = 0; at !== -1 && places < MOST_PLACES; places++, at = bytes.indexOf(begins, at + begins.length)) {
      const [, version] = pattern.exec(bytes.toString('latin1', at, at + LONGEST)) ?? [];
      if (version !== undefined) { return [{ ecosystem, name, ...required(version), line: () => 1 }]; }
    }
    return [];
  });
}
