import { spawnSync } from 'child_process';
import { join } from 'path';
import type { Sample, Task } from './sample';
import type { Variant } from './variants';
import type { Workload } from './workload';

/** The costs of one variant in each round. */
export interface Measurement {
  readonly variant: Variant;
  /** The processor time of each round, in ms. */
  readonly cpu: readonly number[];
  /** The part of the thread that synthesizes, in ms. */
  readonly thread: readonly number[];
  readonly resources: number;
  readonly required: number;
}

/** With several threads, waiting garbage collectors also count as processor time, which makes the results noisy. */
const NODE_OPTIONS = ['--expose-gc', '--single-threaded-gc'];

/** The environment of a sample. It contains no variables of the caller, so no context and no Node.js options. */
const ENVIRONMENT = { CDK_VALIDATION: 'false' };

/** Measures variants in rounds. Each sample has its own process, one after the other, with all variants in each round. */
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

/** Rotates the order, so that no variant is always the first. */
function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
