import { RepairReaction } from '../../../src/transition/repair/repair-reaction';
import { StatesError } from '../../harness/states-language/expressions';
import type { Run } from './executions';
import { start } from './executions';
import type { FakeRegion } from './fake-region';
import { idOf, optionsOf, QUICK, regionWith } from './regions';
import { deployedOf } from './runs';

const MINUTES = 60_000;
const DEPLOYED = deployedOf({ ...QUICK, onRejectedCalls: RepairReaction.ROLL_BACK_ALL });

/** An automatic run for two findings and its successors. One call fails, and then calls of its kind fail for some minutes. */
async function runWhere(failing: number | undefined): Promise<{ readonly region: FakeRegion; readonly ended: Run; readonly name?: string }> {
  const region = regionWith({}, {}, {});
  region.clusters.set('arn:aws:ecs:eu-west-1:111122223333:cluster/shop', [idOf(1)]);
  let [calls, broken, until] = [0, undefined as string | undefined, 0];
  region.fault = ({ name, at }) => {
    if (calls++ === failing) { [broken, until] = [name, at + 5 * MINUTES]; }
    return name === broken && at < until ? new StatesError('Other.OtherException', 'Service Unavailable') : undefined;
  };
  const later = region.clock.sleep(8 * MINUTES).then(async () => start(DEPLOYED, region, { mode: 'repair', found: [idOf(1)] }, 'later'));
  const [ended] = await region.clock.until(start(DEPLOYED, region, { mode: 'repair', found: [idOf(0)] }, 'one'), later);
  return { region, ended, name: broken };
}

/** The violations of what must hold after any failure. */
function complaintsOf({ region, ended }: Awaited<ReturnType<typeof runWhere>>): string[] {
  const noted = [...region.objects.keys()].filter(key => key.includes('/findings/')).map(key => key.split('/').pop()!);
  const planned = [...region.objects].filter(([key]) => /\/plan\/\d+\.json$/.test(key)).map(([, text]) => text).join();
  const lost = [0, 1].map(idOf).filter(id => !noted.includes(id) && !planned.includes(id));
  const [one, two, other] = optionsOf(region);
  return [
    ...lost.map(id => `${id} is neither noted nor planned`),
    ...['turn', 'lock'].filter(id => region.executions.get(region.items.get(id)?.holder.S ?? '') === 'RUNNING').map(id => `the ${id} is kept`),
    ...ended.status === 'FAILED' && !/^[A-Z]\w+$/.test(ended.error!) ? [`the error is ${ended.error!}`] : [],
    ...two === 'required 1' ? ['a container host has a hop limit of 1'] : [],
    ...other !== 'optional 1' ? ['what was not found is changed'] : [],
    ...ended.status === 'SUCCEEDED' && one !== 'required 1' ? ['it is done, and nothing is changed'] : [],
  ];
}

test('after any failed call, findings are stored or planned, the turn is free, and no container host has a hop limit that is too low', async () => {
  const { region: { made } } = await runWhere(undefined);
  const complaints: string[] = [];
  for (let failing = 0; failing < made.length; failing++) {
    const result = await runWhere(failing);
    complaints.push(...complaintsOf(result).map(each => `${failing} ${result.name!}: ${each} (${result.ended.error ?? ''} ${result.ended.cause ?? ''})`));
  }
  expect(complaints).toEqual([]);
}, 120_000);
