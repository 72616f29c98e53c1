/**
 * Mutation testing: changes the library in one place at a time, and checks that a test fails.
 *
 * `npm run mutation` tries every mutant. `-- --sample 400 --seed 1` tries 400 of them, always the same ones for the same seed. `--limit 20` is the
 * processor time for a mutant in seconds, `--workers 2` the number of processes, `--only src/policy` a part of the library, and `--tests test/policy`
 * a part of the tests.
 */
import { availableParallelism } from 'os';
import { parseArgs } from 'util';
import { coverageOf } from './coverage';
import type { Outcome, TryMutant } from './jobs';
import { type Mutant, writeMutatedLibrary } from './mutants';
import { Plans } from './plan';
import { Pool } from './pool';
import { report, type Verdict } from './report';
import { sample } from './sample';
import { writeTestConfig } from './test-files';

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '20' },
    workers: { type: 'string', default: String(availableParallelism()) },
    only: { type: 'string', default: 'src/' },
    tests: { type: 'string', default: 'test/' },
  },
});

async function main(): Promise<void> {
  const workers = Number(values.workers);
  const mutants = await writeMutatedLibrary();
  writeTestConfig();
  const chosen = sample(mutants.filter(({ file }) => file.startsWith(values.only)), Number(values.sample ?? mutants.length), values.seed);
  const coverage = await coverageOf(values.tests, workers);
  const verdicts = await verdictsOn(chosen, new Plans(coverage, mutants), new Pool(workers));
  const notRun = coverage.files.flatMap(({ failed }) => failed).length;
  console.log(report(verdicts, { of: mutants.length, seed: values.seed, notRun }));
}

async function verdictsOn(chosen: readonly Mutant[], plans: Plans, pool: Pool): Promise<Verdict[]> {
  const planned = chosen.map(mutant => ({ mutant, plan: plans.for(mutant) }));
  const verdicts: Verdict[] = planned.filter(({ plan }) => plan.length === 0).map(({ mutant }) => ({ mutant, status: 'not covered', cost: 0 }));
  const byId = new Map(chosen.map(mutant => [mutant.id, mutant]));
  const jobs = planned.filter(({ plan }) => plan.length > 0).map(({ mutant, plan }): TryMutant => (
    { kind: 'try', mutant: mutant.id, atLoad: plans.isAtLoad(mutant), plan, limit: Number(values.limit) }));
  await pool.run<Outcome>(jobs, (job, outcome) => {
    const mutant = byId.get(job.mutant)!;
    const status = !outcome ? 'timeout' : outcome.killer ? 'killed' : outcome.cutShort ? 'survived in the time' : 'survived';
    verdicts.push({ mutant, status, killer: outcome?.killer, cost: outcome?.cost ?? 0 });
    console.error(`${verdicts.length}/${chosen.length} ${status} ${mutant.file}:${mutant.line} ${mutant.mutator} ${(outcome?.cost ?? 0).toFixed(1)}s ${outcome?.killer ?? ''}`);
  });
  return verdicts;
}

void main();
