import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';

/** A script of the corpus, with its label. */
export interface LabelledScript {
  readonly name: string;
  readonly verdict: string;
  readonly script: string;
  /** The lines with IMDSv1 calls. */
  readonly lines: readonly number[];
  /**
   * `hard`. `fallback`: its calls are made if IMDSv2 failed. `later`: it writes a script that runs later. `norun`: no shell can run it here.
   * `norewrite`: nothing is rewritten.
   */
  readonly flags: ReadonlySet<string>;
}

const DIRECTORY = join(__dirname, 'corpus');
const MARK = / «v1»( norewrite)?$/;

/** The corpus. Each file has several scripts, each after `=== verdict flags | name`. A line with an IMDSv1 call ends with «v1». */
export function labelledScripts(): readonly LabelledScript[] {
  return readdirSync(DIRECTORY).filter(file => file.endsWith('.corpus')).flatMap(file =>
    readFileSync(join(DIRECTORY, file), 'utf8').split(/^=== /m).slice(1).map(section => labelled(file, section)));
}

function labelled(file: string, section: string): LabelledScript {
  const [head, ...lines] = section.replace(/\n$/, '').split('\n');
  const [labels, name] = head.split(' | ');
  const [verdict, ...flags] = labels.split(' ');
  return {
    name: `${file.replace('.corpus', '')}: ${name}`,
    verdict,
    script: `${lines.map(line => line.replace(MARK, '')).join('\n')}\n`,
    lines: lines.flatMap((line, index) => MARK.test(line) ? [index + 1] : []),
    flags: new Set([...flags, ...lines.some(line => line.endsWith(' norewrite')) ? ['norewrite'] : []]),
  };
}
