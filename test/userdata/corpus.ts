import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';

/** A script of the corpus with what is known of it. */
export interface LabelledScript {
  readonly name: string;
  readonly verdict: string;
  readonly script: string;
  /** The lines that call IMDSv1. */
  readonly lines: readonly number[];
  /** `hard`; `fallback`: its calls are made where IMDSv2 failed; `later`: it writes what runs; `norun`: no shell can run it here; `norewrite`: nothing is rewritten. */
  readonly flags: ReadonlySet<string>;
}

const DIRECTORY = join(__dirname, 'corpus');
const MARK = / «v1»( norewrite)?$/;

/** The corpus: in each file scripts behind one another, each below `=== verdict flags | name`; a line that calls IMDSv1 ends with «v1». */
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
