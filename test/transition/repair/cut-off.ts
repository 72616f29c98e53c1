import { Duration } from 'aws-cdk-lib';
import { RepairWaves } from '../../../src/transition/repair/repair-waves';
import { Aborted } from '../../harness/states-language/interpreter';
import { VirtualClock } from '../../harness/states-language/virtual-clock';
import type { Run } from './executions';
import { rollBack, run } from './executions';
import { fakeInstance, FakeRegion } from './fake-region';
import { seeded } from './random';
import { FOLDER, deployedOf } from './runs';

const INSTANCES = 17;
const DEPLOYED = deployedOf({ waves: RepairWaves.canary(2, [50]), waitBetweenWaves: Duration.minutes(15), callsPerSecond: 3 });

/** The options of an instance that a repair can change. */
type Options = ReadonlyMap<string, string>;

/** The history of a Region in which a run was repeatedly interrupted, continued, and rolled back. */
export interface CutOff {
  readonly before: Options;
  readonly repaired: Options;
  readonly after: Options;
  /** Instances on which somebody else required IMDSv2. */
  readonly others: ReadonlySet<string>;
  readonly outcomes: ReadonlyMap<string, string>;
  readonly cuts: number;
}

/** Interrupts a run at points that the seed determines, continues it until it ends, and rolls it back, with interruptions, too. */
export async function cutOff(seed: number): Promise<CutOff> {
  const random = seeded(seed);
  const region = regionOf(random);
  const before = optionsIn(region);
  const others = new Set<string>();
  let [cuts, attempt] = [0, 0];
  const attempted = async (execute: typeof run, input: object): Promise<Run> => {
    const steps = random() < 0.25 ? Infinity : Math.floor(random() * 500);
    let left = cuts < 6 ? steps : Infinity;
    const ended = await execute(DEPLOYED, region, input, `n${attempt++}`, () => { if (left-- <= 0) { throw new Aborted(); } });
    if (ended.status === 'ABORTED') {
      cuts += 1;
      if (random() < 0.5) { requireByOthers(region, others, random); }
    }
    return ended;
  };
  let ended = await attempted(run, { mode: 'repair' });
  while (ended.status === 'ABORTED') { ended = await attempted(run, { mode: 'repair', ...nameOfRun(region) }); }
  const repaired = optionsIn(region);
  const outcomes = new Map(region.json<{ id: string; outcome: string }[]>('report/00000.json').map(({ id, outcome }) => [id, outcome]));
  const back = { ...nameOfRun(region), unconfirmed: true };
  do { ended = await attempted(rollBack, back); } while (ended.status === 'ABORTED');
  return { before, repaired, after: optionsIn(region), others, outcomes, cuts };
}

/** The run with a plan. A run that was interrupted before its plan did nothing, and is started again. */
function nameOfRun(region: FakeRegion): { run?: string } {
  const [key] = [...region.objects.keys()].filter(each => each.endsWith('/plan.json'));
  return key === undefined ? {} : { run: key.slice(FOLDER.length).split('/')[0] };
}

function regionOf(random: () => number): FakeRegion {
  const region = new FakeRegion(new VirtualClock());
  for (let index = 0; index < INSTANCES; index++) {
    region.add(fakeInstance(`i-${(index + 1).toString(16).padStart(8, '0')}`, region.clock.now, {
      hops: random() < 0.3 ? 3 : 1,
      tags: random() < 0.3 ? { 'eks:cluster-name': 'shop' } : {},
      tokens: random() < 0.1 ? 'required' : 'optional',
    }));
  }
  return region;
}

function optionsIn(region: FakeRegion): Options {
  return new Map([...region.instances.values()].map(({ id, tokens, hops }) => [id, `${tokens} ${hops}`]));
}

/** Requires IMDSv2 on an instance that is in no record yet, as somebody else can do. */
function requireByOthers(region: FakeRegion, others: Set<string>, random: () => number): void {
  const recorded = [...region.objects].filter(([key]) => key.includes('/records/')).map(([, text]) => text).join();
  const [found] = [...region.instances.values()].filter(({ id, tokens }) => tokens === 'optional' && !recorded.includes(id) && random() < 0.3);
  if (found) {
    found.tokens = 'required';
    others.add(found.id);
  }
}

/** The violations of what must always hold. */
export function complaintsOf({ before, repaired, after, others, outcomes }: CutOff): string[] {
  return [...before].flatMap(([id, options]) => {
    const outcome = outcomes.get(id);
    const isTurned = outcome === 'repaired' || outcome === 'unconfirmed';
    const complaints: string[] = [];
    if (outcome === undefined) { complaints.push(`${id} has no outcome`); }
    if (isTurned && !repaired.get(id)!.startsWith('required')) { complaints.push(`${id} is ${outcome!} and ${repaired.get(id)!}`); }
    if (!isTurned && !others.has(id) && repaired.get(id) !== options) { complaints.push(`${id} is ${outcome!} and was changed`); }
    if (others.has(id) && !after.get(id)!.startsWith('required')) { complaints.push(`${id} was weakened`); }
    if (!others.has(id) && after.get(id) !== options) { complaints.push(`${id} was ${options} and is ${after.get(id)!}`); }
    return complaints;
  });
}
