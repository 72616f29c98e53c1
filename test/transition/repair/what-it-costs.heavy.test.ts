import { readFileSync } from 'fs';
import { join } from 'path';
import { run } from './executions';
import { regionWith } from './regions';
import { deployedOf } from './runs';

const PAGE = readFileSync(join(__dirname, '../../../docs/transition.md'), 'utf8').replace(/\s+/g, ' ');

test.each([[100, 9, 10], [1000, 6, 10]])('a repair of %i instances takes the documented number of transitions and metrics for each', async (count, transitions, metrics) => {
  const region = regionWith(...Array.from({ length: count }, () => ({})));
  const { interpreter } = await run(deployedOf(), region, { mode: 'repair' });
  const asked = region.made.filter(({ name }) => name === 'cloudwatch:getMetricData').flatMap(({ args }) => (args as unknown as { readonly MetricDataQueries: object[] }).MetricDataQueries);
  expect(Math.round(interpreter.figures.transitions / count)).toBe(transitions);
  expect(Math.ceil(asked.length / count)).toBe(metrics);
  expect(PAGE).toContain(`${transitions} per instance for ${count.toLocaleString('en')} instances`);
  expect(PAGE).toContain(`up to ${metrics} per instance`);
});

test('clusters with container instances take the documented number of additional transitions', async () => {
  const region = regionWith(...Array.from({ length: 300 }, () => ({})));
  const transitions = async () => (await run(deployedOf(), region, { mode: 'plan' })).interpreter.figures.transitions / 300;
  const without = await transitions();
  for (let index = 0; index < 40; index++) { region.clusters.set(`arn:aws:ecs:eu-west-1:111122223333:cluster/${index}`, [`i-${index}f`]); }
  // The plan queries each of them as often as the changes do.
  expect(2 * (await transitions() - without) / 4).toBeCloseTo(1, 0);
  expect(PAGE).toContain('about 1 more per instance for each 10 ECS clusters that have container instances');
});
