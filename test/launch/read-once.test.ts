import type { CfnResource, IResolvable } from 'aws-cdk-lib';
import { Fn, Lazy } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { LaunchGraph } from '../../src/launch/launch-graph';
import { LiveTree } from '../../src/launch/live-tree';
import { TemplateSet } from '../../src/launch/template-set';
import type { LaunchResource, LaunchWorld } from '../../src/launch/world';
import { scratchStack } from '../harness/scratch-app';
import { readableApp, templatesOf } from './harness/readings';

const COUNT = 40;

/** Templates and the same number of instances: half of them reference by id, half by name. */
function appWithMany() {
  const app = readableApp();
  const stack = scratchStack(app);
  for (let index = 0; index < COUNT; index += 1) {
    const launchTemplateName = `web-${index}`;
    const { ref } = new CfnLaunchTemplate(stack, `Template${index}`, { launchTemplateName, launchTemplateData: {} });
    const named = index % 2 ? { launchTemplateName } : { launchTemplateId: ref };
    new CfnInstance(stack, `Instance${index}`, { launchTemplate: { ...named, version: '$Latest' } });
  }
  return app;
}

/** The number of reads of each resource of a world. */
function readsOf(world: LaunchWorld): ReadonlyMap<LaunchResource, number> {
  const reads = new Map<LaunchResource, number>();
  for (const resource of world.resources) {
    const original = resource.at.bind(resource);
    jest.spyOn(resource, 'at').mockImplementation((path, scalar) => {
      reads.set(resource, (reads.get(resource) ?? 0) + 1);
      return original(path, scalar);
    });
  }
  return reads;
}

describe.each<[string, () => LaunchWorld]>([
  ['a construct tree', () => new LiveTree(appWithMany())],
  ['templates', () => new TemplateSet(templatesOf(appWithMany().synth()))],
])('in %s', (_, open) => {
  test('each resource is read once, for any number of look-ups', () => {
    const world = open();
    const reads = readsOf(world);
    const graph = new LaunchGraph(world);
    for (const resource of [...world.resources, ...world.resources]) {
      graph.launchersOf(resource);
      graph.launchesOf(resource);
    }
    expect(reads.size).toBe(2 * COUNT);
    expect([...reads.values()].every(count => count === 1)).toBe(true);
  });

  test('each template finds its own launcher', () => {
    const world = open();
    const graph = new LaunchGraph(world);
    const templates = world.resources.filter(({ type }) => type === 'AWS::EC2::LaunchTemplate');
    const found = templates.map(template => graph.launchersOf(template).map(({ launcher }) => launcher.path));
    expect(found).toEqual(templates.map(({ path }) => [path.replace('Template', 'Instance')]));
  });

  test("a look-up of one launcher's sources by id reads only that launcher", () => {
    const world = open();
    const reads = readsOf(world);
    new LaunchGraph(world).launchesOf(world.resources.find(({ path }) => path === 'Stack/Instance0')!);
    expect([...reads.entries()].map(([{ path }, count]) => [path, count])).toEqual([['Stack/Instance0', 1]]);
  });
});

test('a resource that is added after the tree was read is not known', () => {
  const app = appWithMany();
  const tree = new LiveTree(app);
  expect(tree.resources).toHaveLength(2 * COUNT);
  const late = new CfnInstance(app.node.findChild('Stack') as CfnResource, 'Late');
  expect([tree.knows(late), new LiveTree(app).knows(late), new LiveTree(scratchStack()).knows(late)]).toEqual([false, true, false]);
});

describe('the launchers of a template in a tree', () => {
  /** Launchers that name the same template in different ways, and one that names another template, in this order. */
  function sharedTemplate() {
    const stack = scratchStack();
    const launchTemplateName = 'web';
    const { ref } = new CfnLaunchTemplate(stack, 'Template', { launchTemplateName, launchTemplateData: {} });
    const { ref: other } = new CfnLaunchTemplate(stack, 'Other', { launchTemplateData: {} });
    const hidden = Lazy.any({ produce: () => ({ launchTemplateId: ref, version: '1' }) });
    const named: readonly (CfnInstance.LaunchTemplateSpecificationProperty | IResolvable | undefined)[] = [
      { launchTemplateId: ref, version: '$Latest' },
      { launchTemplateName, version: '$Latest' },
      { launchTemplateId: other, version: '$Latest' },
      hidden,
      undefined,
      { launchTemplateId: ref, version: '1' },
      { launchTemplateId: Fn.conditionIf('Condition', ref, other).toString(), version: '1' },
    ];
    named.forEach((launchTemplate, index) => { new CfnInstance(stack, `Instance${index}`, { launchTemplate }); });
    const overridden = new CfnInstance(stack, 'Overridden', { launchTemplate: { launchTemplateId: other, version: '1' } });
    overridden.addPropertyOverride('LaunchTemplate.LaunchTemplateId', ref);
    return new LiveTree(stack.node.root);
  }

  const launchersIn = (graph: LaunchGraph, id: string) => {
    const template = graph.world.resources.find(({ path }) => path === `Stack/${id}`)!;
    return graph.launchersOf(template).map(({ launcher }) => launcher.path.replace('Stack/', ''));
  };

  test('are in the order of the tree, whether their source is plain or has to be read', () => {
    const graph = new LaunchGraph(sharedTemplate());
    expect(launchersIn(graph, 'Template')).toEqual(['Instance0', 'Instance1', 'Instance3', 'Instance5', 'Instance6', 'Overridden']);
    expect(launchersIn(graph, 'Other')).toEqual(['Instance2', 'Instance6']);
  });

  test('do not include a reading of launchers that directly name another template', () => {
    const tree = new LiveTree(appWithMany());
    const reads = readsOf(tree);
    launchersIn(new LaunchGraph(tree), 'Template0');
    const named = [...reads.keys()].filter(({ type }) => type === 'AWS::EC2::Instance').map(({ path }) => Number(path.replace(/\D/g, '')));
    expect(named.filter(index => index % 2 === 0)).toEqual([0]);
  });
});
