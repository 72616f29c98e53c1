import { measure } from './measure';
import type { Measurement } from './measure';
import { isClearlyMore, least, median } from './statistics';
import { count, table } from './table';
import { AWS, BARE, ENFORCING, OURS } from './variants';
import type { Workload } from './workload';

/** From this number of resources on, fewer rounds are enough. */
const RESOURCES_OF_ALL_ROUNDS = 50_000;
const MIN_ROUNDS = 3;
const MAX_ROUNDS = 5;

/** Measures every variant with one workload, and prints a table. Returns complaints if our variants cost more than those of aws-cdk-lib. */
export function compare(compiled: string, workload: Workload): string[] {
  // The aspects of aws-cdk-lib ignore L1s.
  const variants = workload.level === 'L1' ? ENFORCING.filter(variant => variant !== AWS) : ENFORCING;
  const total = workload.relevant * 100 / workload.percent;
  const rounds = Math.min(MAX_ROUNDS, Math.max(MIN_ROUNDS, Math.round(RESOURCES_OF_ALL_ROUNDS / total)));
  const measurements = measure(compiled, workload, variants, rounds);
  const title = `${workload.level}: ${count(workload.relevant)} instances and launch templates, ${workload.percent}% of ${count(total)} resources`;
  console.log(`${title}, ${rounds} rounds\n\n${comparisonTable(measurements, workload)}\n`);
  return [...idleness(measurements, workload), ...slowness(measurements)].map(complaint => `${title}: ${complaint}`);
}

function comparisonTable(measurements: readonly Measurement[], workload: Workload): string {
  const { cpu: bare, thread: bareThread } = measurements.find(measurement => measurement.variant === BARE)!;
  return table(measurements, [
    { title: 'variant', cell: ({ variant }) => variant },
    { title: 'CPU ms: median', cell: ({ cpu }) => median(cpu) },
    { title: 'least', cell: ({ cpu }) => least(cpu) },
    { title: 'ratio to bare: median', cell: ({ cpu }) => (median(cpu) / median(bare)).toFixed(2) },
    { title: 'least', cell: ({ cpu }) => (least(cpu) / least(bare)).toFixed(2) },
    { title: 'added µs each', cell: ({ cpu }) => (least(cpu) - least(bare)) * 1000 / workload.relevant },
    { title: 'thread of the synthesis, ms: least', cell: ({ thread }) => known(least(thread)) },
    { title: 'ratio', cell: ({ thread }) => known(least(thread) / least(bareThread))?.toFixed(2) },
    { title: 'resources', cell: ({ resources }) => resources },
    { title: 'tokens required', cell: ({ required }) => required },
  ]);
}

function known(number: number): number | undefined {
  return Number.isNaN(number) ? undefined : number;
}

/** Complaints about variants of ours that require no tokens, because then their speed means nothing. */
function idleness(measurements: readonly Measurement[], workload: Workload): string[] {
  return measurements
    .filter(({ variant, required }) => OURS.includes(variant) && required !== workload.relevant)
    .map(({ variant, required }) => `${variant} requires tokens ${count(required)} times`);
}

function slowness(measurements: readonly Measurement[]): string[] {
  const aws = measurements.find(measurement => measurement.variant === AWS);
  return measurements
    .filter(({ variant, cpu }) => aws && OURS.includes(variant) && isClearlyMore(cpu, aws.cpu))
    .map(({ variant }) => `${variant} costs more than ${AWS}`);
}
