import { LaunchGraph } from '../../src/launch/launch-graph';
import { LiveTree } from '../../src/launch/live-tree';
import { TemplateSet } from '../../src/launch/template-set';
import type { LaunchWorld } from '../../src/launch/world';
import type { Launcher } from '../harness/launchers';
import { FOLLOWERS, OTHERS, templateIn } from '../harness/launchers';
import { scratchStack } from '../harness/scratch-app';
import { readableApp, templatesOf } from './harness/readings';

/**
 * The resources that are replaced if the template in a stack gets a new version: in the tree before the synthesis, in the templates, and in the tree
 * after it.
 */
function replacedIn(build: Launcher[1]): readonly string[][] {
  const app = readableApp();
  const stack = scratchStack(app);
  templateIn(stack);
  build(stack);
  const before = replaced(new LiveTree(app));
  const templates = replaced(new TemplateSet(templatesOf(app.synth())));
  return [before, templates, replaced(new LiveTree(app))];
}

function replaced(world: LaunchWorld): string[] {
  const template = world.resources.find(({ path }) => path === 'Stack/Template')!;
  return new LaunchGraph(world).launchersOf(template)
    .filter(({ launchesFrom, versions }) => launchesFrom.onNewVersion === 'replacement' && versions.some(({ kind }) => kind === 'latest number'))
    .map(({ launcher }) => launcher.path);
}

test.each(FOLLOWERS)('%s is replaced with a new version of its template', (_, build) => {
  expect(replacedIn(build)).toEqual(Array(3).fill(['Stack/Launcher']));
});

test.each(OTHERS)('%s is not replaced', (_, build) => {
  expect(replacedIn(build)).toEqual([[], [], []]);
});
