import { App, Stack } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import { Construct, Node } from 'constructs';
import { RequireImdsv2 } from '../../src';
import { TreeCensus } from '../../src/launch/tree-census';
import { TreeGrowth } from '../../src/launch/tree-growth';

afterEach(() => { jest.restoreAllMocks(); });

/** A census is created by a first walk, walks once more, and observes additions from the third count on. */
const COUNTS = [1, 2, 3, 4];

describe.each(COUNTS)('after %d counts', counts => {
  test('constructs that were added are found once, by the next count', () => {
    const stack = new Stack(new App(), 'Stack');
    const first = new CfnLaunchTemplate(stack, 'First', { launchTemplateData: {} });
    const census = counted(stack, counts);
    const inner = new Stack(new Construct(stack, 'Scope'), 'Inner');
    const second = new CfnInstance(inner, 'Second');
    expect(census.has(second)).toBe(false);
    expect(TreeCensus.current(stack.node.root)).toBe(census);
    expect(census.has(second)).toBe(true);
    const third = new CfnInstance(inner, 'Third');
    expect(TreeCensus.current(stack.node.root).resources).toEqual([first, second, third]);
    expect(census.launchers).toEqual([second, third]);
    expect(census.stacks).toEqual([stack, inner]);
  });

  test('constructs at one time are separate from later ones', () => {
    const stack = new Stack(new App(), 'Stack');
    const census = counted(stack, counts);
    const { size } = census;
    const instance = new CfnInstance(stack, 'Instance');
    TreeCensus.current(stack.node.root);
    expect([census.has(stack, size), census.has(instance, size), census.has(instance)]).toEqual([true, false, true]);
  });

  test('after a removal, all constructs are counted again, each time', () => {
    const stack = new Stack(new App(), 'Stack');
    new CfnInstance(stack, 'One');
    const two = new CfnInstance(stack, 'Two');
    const census = counted(stack, counts);
    stack.node.tryRemoveChild('One');
    const anew = TreeCensus.current(stack.node.root);
    expect([anew === census, anew.resources]).toEqual([false, [two]]);
    stack.node.tryRemoveChild('Two');
    expect(TreeCensus.current(stack.node.root).resources).toEqual([]);
    const three = new CfnInstance(stack, 'Three');
    expect(TreeCensus.current(stack.node.root).resources).toEqual([three]);
  });
});

test('without observed additions, the tree is walked each time', () => {
  jest.spyOn(TreeGrowth, 'isHeard', 'get').mockReturnValue(false);
  const watched = jest.spyOn(TreeGrowth.prototype, 'watch');
  const stack = new Stack(new App(), 'Stack');
  const census = counted(stack, 5);
  const instance = new CfnInstance(stack, 'Instance');
  expect(TreeCensus.current(stack.node.root)).toBe(census);
  expect(census.resources).toEqual([instance]);
  expect(watched).not.toHaveBeenCalled();
});

test('this version of constructs adds children in the observed way', () => {
  expect(TreeGrowth.isHeard).toBe(true);
});

test('the observed tree works as before: an id is used once, nothing is added during synthesis, and no property is visible', () => {
  const stack = new Stack(new App(), 'Stack');
  counted(stack, 3);
  new CfnInstance(stack, 'Instance');
  expect(() => new CfnInstance(stack, 'Instance')).toThrow(/already a Construct with name 'Instance'/);
  expect([stack.node.tryRemoveChild('Other'), stack.node.tryRemoveChild('Instance')]).toEqual([false, true]);
  stack.node.lock();
  expect(() => new CfnInstance(stack, 'Late')).toThrow(/during synthesis/);
  expect(Object.keys(stack.node)).not.toEqual(expect.arrayContaining([expect.stringMatching(/Child$/)]));
  expect(TreeCensus.current(stack.node.root).resources).toEqual([]);
});

describe.each([['one mixin for all', () => new RequireImdsv2()], ['a mixin for each', undefined]] as const)('%s', (_, shared) => {
  test('reads the same part of the tree for a construct among many as among few', () => {
    const looks = (templates: number) => {
      const stack = new Stack(new App(), 'Stack');
      const mixin = shared?.();
      const looked = jest.spyOn(Node.prototype, 'children', 'get').mockClear();
      for (let index = 0; index < templates; index++) {
        new CfnLaunchTemplate(stack, `Template${index}`, { launchTemplateData: {} }).with(mixin ?? new RequireImdsv2());
      }
      return looked.mock.calls.length;
    };
    const [few, many] = [40, 80].map(looks);
    expect(many).toBeLessThan(few * 3);
  });
});

describe('one mixin for each construct in sequence', () => {
  test('finds a launcher that was added in between', () => {
    const stack = new Stack(new App(), 'Stack');
    const mixin = new RequireImdsv2();
    new CfnLaunchTemplate(stack, 'Other', { launchTemplateData: {} }).with(mixin);
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
    runContainersOn(stack, template);
    template.with(mixin);
    expect(optionsOf(template)).toEqual({ httpTokens: 'required', httpPutResponseHopLimit: 2 });
  });

  test('does not find a launcher that was removed in between', () => {
    const stack = new Stack(new App(), 'Stack');
    const mixin = new RequireImdsv2();
    const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
    runContainersOn(stack, template);
    new CfnLaunchTemplate(stack, 'Other', { launchTemplateData: {} }).with(mixin);
    stack.node.tryRemoveChild('Provider');
    new CfnLaunchTemplate(stack, 'Third', { launchTemplateData: {} }).with(mixin);
    template.with(mixin);
    expect(optionsOf(template)).toEqual({ httpTokens: 'required' });
  });
});

/** The census of a tree after this number of counts. */
function counted(stack: Stack, counts: number): TreeCensus {
  for (let count = 1; count < counts; count++) { TreeCensus.current(stack.node.root); }
  return TreeCensus.current(stack.node.root);
}

function runContainersOn(stack: Stack, template: CfnLaunchTemplate): void {
  const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
  const group = new CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate });
  new CfnCapacityProvider(stack, 'Provider', { autoScalingGroupProvider: { autoScalingGroupArn: group.ref } });
}

function optionsOf({ launchTemplateData }: CfnLaunchTemplate): unknown {
  return (launchTemplateData as CfnLaunchTemplate.LaunchTemplateDataProperty).metadataOptions;
}
