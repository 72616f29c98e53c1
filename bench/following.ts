import { measure } from './measure';
import { least } from './statistics';
import { table } from './table';
import { BARE, OURS } from './variants';
import type { Variant } from './variants';

/** The numbers of launchers. Each of them has its own launch template. */
const LAUNCHERS = [500, 2_500, 5_000, 10_000];
const ROUNDS = 3;

/** How many times more a resource can cost if instances follow templates. */
const TOLERATED = 4;
/** How many times more a resource can cost in the largest app than in the smallest one. With quadratic growth, it would be twenty times. */
const TOLERATED_GROWTH = 2;

/** The costs of one size and variant, without launches from templates and with them. */
interface Step {
  readonly variant: Variant;
  readonly launchers: number;
  /** The time that the variant adds for each resource, in µs. */
  readonly alone: number;
  readonly following: number;
}

/** Measures our variants if instances launch from templates, and prints a table. Returns complaints if the launch graph costs too much. */
export function follow(compiled: string): string[] {
  const steps = LAUNCHERS.flatMap(launchers => stepsOf(compiled, launchers));
  console.log(`L1: instances, each with a launch template of its own, ${ROUNDS} rounds\n\n${followingTable(steps)}\n`);
  return OURS.flatMap(variant => complaintsAbout(variant, steps.filter(step => step.variant === variant)));
}

function stepsOf(compiled: string, launchers: number): Step[] {
  const [alone, following] = [false, true].map(follows => addedBy(compiled, launchers, follows));
  return OURS.map(variant => ({ variant, launchers, alone: alone.get(variant)!, following: following.get(variant)! }));
}

function addedBy(compiled: string, launchers: number, follows: boolean): Map<Variant, number> {
  const relevant = launchers * 2;
  const measurements = measure(compiled, { level: 'L1', relevant, percent: 100, follows }, [BARE, ...OURS], ROUNDS);
  const bare = least(measurements[0].cpu);
  return new Map(measurements.map(({ variant, cpu }) => [variant, (least(cpu) - bare) * 1000 / relevant]));
}

function complaintsAbout(variant: Variant, steps: readonly Step[]): string[] {
  const dear = steps.filter(({ alone, following }) => following > TOLERATED * alone)
    .map(({ launchers }) => `${variant}: ${launchers} instances cost more than ${TOLERATED} times as much where each follows a template`);
  const isLinear = steps[steps.length - 1].following <= TOLERATED_GROWTH * Math.max(...steps.slice(0, -1).map(({ following }) => following));
  return [...dear, ...isLinear ? [] : [`${variant} is not linear where instances follow templates`]];
}

function followingTable(steps: readonly Step[]): string {
  return table([...steps].sort((one, other) => OURS.indexOf(one.variant) - OURS.indexOf(other.variant)), [
    { title: 'variant', cell: step => step.variant },
    { title: 'instances', cell: step => step.launchers },
    { title: 'added µs each: no templates named', cell: step => step.alone },
    { title: 'each follows its own', cell: step => step.following },
    { title: 'ratio', cell: step => (step.following / step.alone).toFixed(2) },
  ]);
}
