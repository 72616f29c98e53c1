import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { Variant } from './variants';
import { VARIANTS } from './variants';
import type { Workload } from './workload';
import { buildApp } from './workload';

/** The task of one process. */
export interface Task {
  readonly workload: Workload;
  readonly variant: Variant;
}

/** The costs of one synthesis. */
export interface Sample {
  /** Processor time in ms, to add the variant and synthesize the app, without the creation of its constructs. */
  readonly cpu: number;
  /** The part of the main thread, in ms. The rest is V8, which compiles hot functions in other threads. `NaN` outside Linux. */
  readonly thread: number;
  /** The number of resources in the templates. */
  readonly resources: number;
  /** The number of blocks that require tokens. */
  readonly required: number;
}

/** The relevant resources of an app that is synthesized before the measurement, to load modules and compile hot functions. */
const WARM_UP = 500;

/** Synthesizes the app of a workload in this process, after a small app of the same kind. */
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

/** The processor time of this thread, in ms. */
function threadTime(): number {
  const file = '/proc/thread-self/schedstat';
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : NaN;
}

/** Counts the results, to make sure that the variant did its work. */
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
