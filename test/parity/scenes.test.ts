import type { App } from 'aws-cdk-lib';
import type { InATree } from '../harness/in-a-tree';
import { IN_A_TREE } from '../harness/in-a-tree';
import { scratchStack } from '../harness/scratch-app';
import { MAPPINGS, PARAMETERS, SCENES, STAYING, renamed } from './scenes';
import type { ThreeWays } from './three-ways';
import { enforcedWays, threeWays, unanimous } from './three-ways';
import type { Verdicts } from './verdicts';

/** The number of scenes in one stack. */
const IN_A_STACK = 60;

/** Every scene, in a few stacks. */
function buildAll(app: App, build: InATree): void {
  for (let from = 0; from < SCENES.length; from += IN_A_STACK) {
    const scenes = SCENES.slice(from, from + IN_A_STACK).map((scene, index) => renamed(scene, `S${from + index}x`));
    build(scratchStack(app, `Stack${from}`), { Parameters: PARAMETERS, Mappings: MAPPINGS, Resources: Object.assign({}, ...scenes) as typeof STAYING });
  }
}

/** Verdicts with the name of a scene instead of its prefix. */
function named({ aspect, validator, pack }: ThreeWays): ThreeWays {
  const nameOf = (path: string) => path.replace(/^.*\/S(\d+)x/, (_, index: string) => `${SCENES[Number(index)][0]}/`);
  const each = (verdicts: Verdicts): Verdicts => Object.fromEntries(Object.entries(verdicts).map(([path, ids]) => [nameOf(path), ids]));
  return { aspect: each(aspect), validator: each(validator), pack: each(pack) };
}

describe.each(IN_A_TREE)('hosts, hop limits and preconditions %s', (_, build) => {
  test('have the same verdict everywhere as written, and with enforcement', () => {
    const { asWritten, enforced } = threeWays(app => buildAll(app, build));
    expect(named(asWritten)).toEqual(unanimous(named(asWritten).aspect));
    expect(named(enforced)).toEqual(unanimous(named(enforced).aspect));
  });

  // A permanent difference: enforcement also writes into the instance, which a new version of its template does not reach. Checks report it once, on
  // the template.
  test('the missing hop limit of a template is reported on the template, for its instances', () => {
    const { asWritten } = threeWays(app => build(scratchStack(app), { Resources: STAYING }));
    const ids = (verdicts: Verdicts) => Object.fromEntries(Object.entries(verdicts).map(([path, found]) => [path.split('/').pop(), found]));
    const both = ['Imdsv2::ContainerHopLimit', 'Imdsv2::TokensRequired'];
    expect(ids(asWritten.aspect)).toEqual({ Host: ['Imdsv2::ContainerHopLimit'], Template: both });
    expect([asWritten.validator, asWritten.pack].map(ids)).toEqual(Array(2).fill({ Template: both }));
  });
});

test('with other enforced hop limits, checks use those', () => {
  const enforced = named(enforcedWays(app => buildAll(app, IN_A_TREE[0][1]), { props: { containerHopLimit: 3, maxHopLimit: 4 } }));
  expect(enforced).toEqual(unanimous(enforced.aspect));
});
