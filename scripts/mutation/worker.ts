/** A long-running process. It loads CDK and the mutated library once, and then activates one mutant after the other. */
import { join } from 'path';
import type { Covered, Job, Outcome, TryMutant } from './jobs';
import { MUTATED, sourceFiles } from './mutants';
import { currentRun, switches } from './switches';
import { TestFiles } from './test-files';
import { Watchdog } from './watchdog';

/** The number of hits after which a mutant counts as an endless loop. */
const HIT_LIMIT = 1_000_000;
const STUCK_SECONDS = 30;

const watchdog = new Watchdog(STUCK_SECONDS);

async function main(): Promise<void> {
  const files = await TestFiles.load();
  loadLibrary();
  process.on('message', (job: Job) => void (async () => {
    process.send!(job.kind === 'cover' ? await cover(files, job.file) : await tryMutant(files, job));
  })());
  process.send!({ kind: 'ready', atLoad: Object.keys(switches().mutantCoverage.static) });
}

/** Finds the mutants that each test of a file reaches. */
async function cover(files: TestFiles, file: string): Promise<Covered> {
  const { mutantCoverage } = switches();
  const failed: string[] = [];
  const tests: Record<string, string[]> = {};
  const costs: Record<string, number> = {};
  const began: { name: string; cpu: number }[] = [];
  mutantCoverage.perTest = {};
  switches().currentTestId = file;
  Object.assign(currentRun(), {
    only: undefined,
    started: (name: string) => {
      watchdog.beat();
      switches().currentTestId = `test:${name}`;
      began.push({ name, cpu: cpuSeconds() });
    },
    failed: (name: string) => { failed.push(name); },
  });
  const start = cpuSeconds();
  await files.run(file);
  switches().currentTestId = undefined;
  began.forEach(({ name, cpu }, index) => { costs[name] = (costs[name] ?? 0) + (began[index + 1]?.cpu ?? cpuSeconds()) - cpu; });
  for (const name of Object.keys(costs)) { tests[name] = Object.keys(mutantCoverage.perTest[`test:${name}`] ?? {}); }
  return { kind: 'covered', file, tests, costs, failed, outside: Object.keys(mutantCoverage.perTest[file] ?? {}), cost: cpuSeconds() - start };
}

async function tryMutant(files: TestFiles, { mutant, atLoad, plan, limit }: TryMutant): Promise<Outcome> {
  const run = currentRun();
  const start = cpuSeconds();
  let killer: string | undefined;
  if (atLoad) { unloadLibrary(); }
  Object.assign(switches(), { activeMutant: mutant, hitCount: 0, hitLimit: HIT_LIMIT });
  run.failed = name => { killer = name; run.done = true; };
  run.started = () => {
    watchdog.beat();
    if (cpuSeconds() - start > limit) { run.done = true; }
  };
  let ran = 0;
  for (const { file, only } of plan) {
    if (cpuSeconds() - start > limit) { break; }
    run.only = new Set(only);
    const passed = await files.run(file);
    if (!passed) {
      killer = `${file}: ${killer ?? 'the file itself'}`;
      break;
    }
    ran++;
  }
  switches().activeMutant = undefined;
  if (atLoad) { unloadLibrary(); }
  return { kind: 'outcome', mutant, killer, cutShort: !killer && ran < plan.length, cost: cpuSeconds() - start };
}

function loadLibrary(): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  for (const file of sourceFiles()) { require(join(MUTATED, file.replace(/\.ts$/, '.js'))); }
}

function unloadLibrary(): void {
  for (const path of Object.keys(require.cache).filter(name => name.startsWith(MUTATED))) { delete require.cache[path]; }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

void main();
