import { measure } from './measure';
import type { Measurement } from './measure';
import { isClearlyMore, least } from './statistics';
import { count, table } from './table';
import { BARE, NAG, OUR_CHECKS, TELLING } from './variants';

/** The numbers of instances. Each instance has its own launch template. */
const LAUNCHERS = [250, 500, 1_000];
const ROUNDS = 3;

/**
 * Compares our check with the only rule of cdk-nag for IMDSv2, for instances that follow templates. Prints a table for each size, and returns the
 * complaints.
 */
export function check(compiled: string): string[] {
  return LAUNCHERS.flatMap(launchers => [false, true].flatMap(isFine => checkOf(compiled, launchers, isFine)));
}

/** The same for one size. Either every launch template has a finding, or none, because CDK also needs time to print findings. */
function checkOf(compiled: string, launchers: number, isFine: boolean): string[] {
  const relevant = launchers * 2;
  const measurements = measure(compiled, { level: 'L1', relevant, percent: 100, follows: true, isFine }, [BARE, ...isFine ? [] : [TELLING], NAG, ...OUR_CHECKS], ROUNDS);
  const title = `${count(launchers)} instances, each with a launch template of its own, ${isFine ? 'no finding' : 'a finding on each template'}`;
  console.log(`${title}, ${ROUNDS} rounds\n\n${checkingTable(measurements, relevant)}\n`);
  const nag = measurements.find(({ variant }) => variant === NAG)!;
  return measurements.filter(({ variant, cpu }) => OUR_CHECKS.includes(variant) && isClearlyMore(cpu, nag.cpu))
    .map(({ variant }) => `${title}: ${variant} costs more than ${NAG}`);
}

function checkingTable(measurements: readonly Measurement[], relevant: number): string {
  const bare = least(measurements[0].cpu);
  return table(measurements, [
    { title: 'variant', cell: ({ variant }) => variant },
    { title: 'CPU ms: least', cell: ({ cpu }) => least(cpu) },
    { title: 'ratio to bare', cell: ({ cpu }) => (least(cpu) / bare).toFixed(2) },
    { title: 'added µs each', cell: ({ cpu }) => (least(cpu) - bare) * 1000 / relevant },
  ]);
}
