import type { Mutant } from './mutants';

export interface Verdict {
  readonly mutant: Mutant;
  readonly status: 'killed' | 'timeout' | 'survived' | 'survived in the time' | 'not covered';
  readonly killer?: string;
  readonly cost: number;
}

interface Sample {
  /** The number of all mutants. */
  readonly of: number;
  readonly seed: string;
  /** The number of tests that cannot run with mutants. */
  readonly notRun: number;
}

/** The survivors, and the scores of each room and of all. */
export function report(verdicts: readonly Verdict[], { of, seed, notRun }: Sample): string {
  const survivors = verdicts.filter(verdict => !isKilled(verdict)).sort((a, b) => placeOf(a) < placeOf(b) ? -1 : 1);
  const rooms = [...new Set(verdicts.map(({ mutant }) => roomOf(mutant)))].sort();
  return [
    ...survivors.map(verdict => `${placeOf(verdict)} ${verdict.status}: ${oneLine(verdict.mutant.original)} -> ${oneLine(verdict.mutant.replacement)}`),
    '',
    ...rooms.map(room => `${room.padEnd(10)} ${scoreOf(verdicts.filter(({ mutant }) => roomOf(mutant) === room))}`),
    `${'all'.padEnd(10)} ${scoreOf(verdicts)}`,
    `${verdicts.length} of ${of} mutants, seed ${seed}; ${Math.round(verdicts.reduce((sum, { cost }) => sum + cost, 0))} s of processor time`,
    ...notRun > 0 ? [`${notRun} tests were left out: they fail over a library with switches in it`] : [],
  ].join('\n');
}

function scoreOf(verdicts: readonly Verdict[]): string {
  const killed = verdicts.filter(isKilled).length;
  return `${(100 * killed / verdicts.length).toFixed(1)} % (${killed} of ${verdicts.length})`;
}

function isKilled({ status }: Verdict): boolean {
  return status === 'killed' || status === 'timeout';
}

function placeOf({ mutant: { file, line } }: Verdict): string {
  return `${file}:${line}`;
}

function roomOf({ file }: Mutant): string {
  return file.split('/')[1];
}

function oneLine(code: string): string {
  const text = code.replace(/\s+/g, ' ');
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}
