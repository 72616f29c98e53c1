import { spawnSync } from 'child_process';
import { join } from 'path';
import type { Sample, Task } from './sample';
import type { Variant } from './variants';
import type { Workload } from './workload';

/** What one variant cost, round by round. */
export interface Measurement {
  readonly variant: Variant;
  /** Time on the processor in each round, in ms. */
  readonly cpu: readonly number[];
  /** What of it the thread took that synthesizes, in ms. */
  readonly thread: readonly number[];
  readonly resources: number;
  readonly required: number;
}

/** Threads that collect garbage count as time on the processor even when they wait for each other: the noisiest part of it. */
const NODE_OPTIONS = ['--expose-gc', '--single-threaded-gc'];

/** Nothing of the caller's environment: neither context nor Node options. */
const ENVIRONMENT = { CDK_VALIDATION: 'false' };

/** Measures variants side by side: each sample in a process of its own, one after the other, all variants in every round. */
export function measure(compiled: string, workload: Workload, variants: readonly Variant[], rounds: number): Measurement[] {
  const samples = new Map<Variant, Sample[]>(variants.map(variant => [variant, []]));
  for (let round = 0; round < rounds; round++) {
    for (const variant of rotated(variants, round)) {
      samples.get(variant)!.push(sampleInProcess(compiled, { workload, variant }));
    }
  }
  return variants.map(variant => {
    const taken = samples.get(variant)!;
    const [{ resources, required }] = taken;
    return { variant, cpu: taken.map(({ cpu }) => cpu), thread: taken.map(({ thread }) => thread), resources, required };
  });
}

function sampleInProcess(compiled: string, task: Task): Sample {
  const { status, stdout, error } = spawnSync(process.execPath, [...NODE_OPTIONS, join(compiled, 'bench', 'sample.js'), JSON.stringify(task)], {
    encoding: 'utf8',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) { throw error ?? new Error(`${task.variant} ended with ${status}`); }
  return JSON.parse(stdout) as Sample;
}

/** Nobody is always the first. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
