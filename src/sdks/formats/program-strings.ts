import type { Dependency } from '../dependency';
import { required } from '../version-range';

/** What stands in a program that an SDK was built into: a beginning that is looked for, and what has the version behind it. */
const SIGNS = [
  /** The list of packages that .NET puts into a program in one file. */
  { ecosystem: 'nuget', name: 'AWSSDK.Core', begins: '"AWSSDK.Core/', version: /^"AWSSDK\.Core\/(\d{1,9}(?:\.\d{1,9}){2,3})"/ },
  /** The places in sources that Rust names where it panics. */
  { ecosystem: 'cargo', name: 'rusoto_core', begins: 'rusoto_core-', version: /^rusoto_core-(\d{1,9}(?:\.\d{1,9}){2})[\\/]src/ },
  { ecosystem: 'cargo', name: 'rusoto_credential', begins: 'rusoto_credential-', version: /^rusoto_credential-(\d{1,9}(?:\.\d{1,9}){2})[\\/]src/ },
] as const;

/** As many places as are looked at, and as many bytes of each. */
const MOST_PLACES = 1000;
const LONGEST = 60;

/** SDKs that show in a program of .NET or Rust, each once. */
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
