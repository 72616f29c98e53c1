import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Variant } from './variants';
import { VARIANTS } from './variants';
import type { Workload } from './workload';
import { buildApp } from './workload';

/** What one process measures. */
export interface Task {
  readonly workload: Workload;
  readonly variant: Variant;
}

/** One synthesis. */
export interface Sample {
  /** Time on the processor, in ms: the variant added and the app synthesized, not its constructs made. */
  readonly cpu: number;
  /** What of it the thread took that synthesizes, in ms. The rest is V8, which compiles hot functions in other threads. `NaN` where it is not Linux. */
  readonly thread: number;
  /** How many resources the templates have. */
  readonly resources: number;
  /** How many blocks in them require tokens. */
  readonly required: number;
}

/** Relevant resources in the app that is synthesized before: modules are loaded and hot functions are compiled by it. */
const WARM_UP = 500;

/** Synthesizes the app of a workload in this process, after a small one of the same kind. */
function takeSample({ workload, variant }: Task): Sample {
  synthesize({ ...workload, relevant: WARM_UP }, variant);
  return synthesize(workload, variant);
}

function synthesize(workload: Workload, variant: Variant): Sample {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-assembly-'));
  try {
    const app = buildApp(workload, outdir);
    global.gc?.();
    const threadStart = threadTime();
    const start = process.cpuUsage();
    VARIANTS[variant](app);
    app.synth();
    const { user, system } = process.cpuUsage(start);
    return { cpu: (user + system) / 1000, thread: threadTime() - threadStart, ...count(outdir) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Time that this thread was on a processor, in ms. */
function threadTime(): number {
  const file = '/proc/thread-self/schedstat';
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : NaN;
}

/** What came out, so that nobody is fast by doing nothing. */
function count(outdir: string): Pick<Sample, 'resources' | 'required'> {
  const templates = readdirSync(outdir).filter(file => file.endsWith('.template.json')).map(file => readFileSync(join(outdir, file), 'utf8'));
  return {
    resources: sum(templates.map(template => Object.keys((JSON.parse(template) as { Resources: object }).Resources).length)),
    required: sum(templates.map(template => template.split('"HttpTokens": "required"').length - 1)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

process.stdout.write(JSON.stringify(takeSample(JSON.parse(process.argv[2]) as Task)));
