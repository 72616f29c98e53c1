import { measure } from './measure';
import { least } from './statistics';
import { table } from './table';
import { BARE, OURS } from './variants';
import type { Variant } from './variants';

const SIZES = [1_250, 2_500, 5_000, 10_000];
const ROUNDS = 3;

/** How many times more a resource can cost than in an app of half the size. With quadratic growth, it would be two times. */
const TOLERATED = 1.5;

/** The costs of one size and variant. */
interface Step {
  readonly variant: Variant;
  readonly relevant: number;
  /** Processor time, in ms. */
  readonly cpu: number;
  /** The time that the variant adds for each relevant resource, in µs. */
  readonly added: number;
}

/** Measures our variants with growing numbers of resources, and prints a table. Returns complaints if the costs are not linear. */
export function scale(compiled: string): string[] {
  const steps = SIZES.flatMap(relevant => stepsOf(compiled, relevant));
  console.log(`L2: instances and launch templates, 100% of all resources, ${ROUNDS} rounds\n\n${scalingTable(steps)}\n`);
  return OURS.filter(variant => !isLinear(steps.filter(step => step.variant === variant))).map(variant => `${variant} is not linear`);
}

/** The cost of a resource is small compared with the noise, so the largest app is compared with the worst of the others. */
function isLinear(steps: readonly Step[]): boolean {
  const added = steps.map(step => step.added);
  return added[added.length - 1] <= TOLERATED * Math.max(...added.slice(0, -1));
}

function stepsOf(compiled: string, relevant: number): Step[] {
  const measurements = measure(compiled, { level: 'L2', relevant, percent: 100 }, [BARE, ...OURS], ROUNDS);
  const bare = least(measurements[0].cpu);
  return measurements.map(measurement => {
    const cpu = least(measurement.cpu);
    return { variant: measurement.variant, relevant, cpu, added: (cpu - bare) * 1000 / relevant };
  });
}

function scalingTable(steps: readonly Step[]): string {
  const byVariant = [BARE, ...OURS].flatMap(variant => steps.filter(step => step.variant === variant));
  return table(byVariant, [
    { title: 'variant', cell: step => step.variant },
    { title: 'instances and templates', cell: step => step.relevant },
    { title: 'CPU ms', cell: step => step.cpu },
    { title: 'µs each', cell: step => step.cpu * 1000 / step.relevant },
    { title: 'added µs each', cell: step => step.variant === BARE ? undefined : step.added },
  ]);
}
