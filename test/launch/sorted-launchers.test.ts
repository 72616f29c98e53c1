import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { RequireImdsv2 } from '../../src';
import { LiveReferences } from '../../src/launch/live-references';
import * as namedSource from '../../src/launch/named-source';
import { SortedLaunchers } from '../../src/launch/sorted-launchers';

let stack: Stack;
let one: CfnLaunchTemplate;
let other: CfnLaunchTemplate;
let kept: ReturnType<typeof specification>;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  one = new CfnLaunchTemplate(stack, 'One', { launchTemplateData: {} });
  other = new CfnLaunchTemplate(stack, 'Other', { launchTemplateData: {} });
  kept = specification(one);
});

afterEach(() => { jest.restoreAllMocks(); });

/** Later changes of a user to a launcher that was already read. All lead from the first template to the other one, or away from it. */
const WRITES: { readonly [write: string]: (launcher: CfnInstance) => void } = {
  'another specification': launcher => { launcher.launchTemplate = specification(other); },
  'another template in the same specification': launcher => { Object.assign(launcher.launchTemplate!, specification(other)); },
  'another template in the specification that the user kept': () => { Object.assign(kept, specification(other)); },
  'a name beside the id': launcher => { Object.assign(launcher.launchTemplate!, { launchTemplateName: 'other' }); },
  'nothing': launcher => { launcher.launchTemplate = undefined; },
  'an override': launcher => { launcher.addPropertyOverride('LaunchTemplate.LaunchTemplateId', other.ref); },
  'an override of another property': launcher => { launcher.addPropertyOverride('ImageId', 'ami-1'); },
  'an override that deletes it': launcher => { launcher.addPropertyDeletionOverride('LaunchTemplate'); },
  'another type, which launches nothing': launcher => { launcher.addOverride('Type', 'AWS::SNS::Topic'); },
  'a logical id that is dropped': launcher => { launcher.overrideLogicalId('__proto__'); },
  'that it is not synthesized': launcher => { Object.assign(launcher, { shouldSynthesize: () => false }); },
  'that it is synthesized as another type': launcher => { Object.assign(launcher, { _toCloudFormation: () => ({ Resources: { Launcher: { Type: 'AWS::SNS::Topic' } } }) }); },
};

test.each(Object.entries(WRITES))('an earlier sorted launcher is where it would be now: %s', (_, write) => {
  const launcher = new CfnInstance(stack, 'Launcher', { launchTemplate: kept });
  const launchers = [launcher];
  const sorted = new SortedLaunchers(launchers, LiveReferences.in(stack.node.root));
  expect(placeOf(launcher, sorted.refreshed().refreshed())).toEqual({ isOpen: false, ones: true, others: false });
  write(launcher);
  const anew = new SortedLaunchers(launchers, LiveReferences.in(stack.node.root));
  expect(placeOf(launcher, sorted.refreshed())).toEqual(placeOf(launcher, anew.refreshed()));
});

test('a group is sorted again if it names a source in another place', () => {
  const group = new CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate: specification(one) });
  const sorted = new SortedLaunchers([group], LiveReferences.in(stack.node.root)).refreshed().refreshed();
  group.launchTemplate = undefined;
  group.mixedInstancesPolicy = { launchTemplate: { launchTemplateSpecification: specification(other) } };
  expect(placeOf(group, sorted.refreshed())).toEqual({ isOpen: false, ones: false, others: true });
  const overrides = [{ launchTemplateSpecification: specification(one) }];
  group.mixedInstancesPolicy = { launchTemplate: { launchTemplateSpecification: specification(other), overrides } };
  expect(placeOf(group, sorted.refreshed())).toEqual({ isOpen: true, ones: false, others: false });
});

test('a launcher that is not an L1 is read each time', () => {
  const LaunchTemplate = { LaunchTemplateId: one.ref, Version: one.attrLatestVersionNumber };
  const launcher = new CfnResource(stack, 'Launcher', { type: 'AWS::EC2::Instance', properties: { LaunchTemplate } });
  const sorted = new SortedLaunchers([launcher], LiveReferences.in(stack.node.root)).refreshed().refreshed();
  LaunchTemplate.LaunchTemplateId = other.ref;
  expect(placeOf(launcher, sorted.refreshed())).toEqual({ isOpen: false, ones: false, others: true });
});

test('unchanged launchers are read twice, for any number of mixins', () => {
  const read = jest.spyOn(namedSource, 'namedSourceOf');
  const PAIRS = 20;
  for (let index = 0; index < PAIRS; index++) {
    const template = new CfnLaunchTemplate(stack, `Template${index}`, { launchTemplateData: {} });
    template.with(new RequireImdsv2());
    new CfnInstance(stack, `Instance${index}`, { launchTemplate: specification(template) }).with(new RequireImdsv2());
  }
  expect(read.mock.calls.length).toBeLessThanOrEqual(2 * PAIRS);
});

test('launchers are read once for each template that gets a mixin when it is created, and once for one mixin on a whole tree', () => {
  const looked = jest.spyOn(SortedLaunchers.prototype, 'refreshed');
  const PAIRS = 20;
  const mixin = new RequireImdsv2();
  const made = Array.from({ length: PAIRS }, (_, index) => {
    const template = new CfnLaunchTemplate(stack, `Template${index}`, { launchTemplateData: {} });
    return [template, new CfnInstance(stack, `Instance${index}`, { launchTemplate: specification(template) })];
  });
  for (const construct of made.flat()) { construct.with(mixin); }
  expect(looked).toHaveBeenCalledTimes(1);
  for (let index = 0; index < PAIRS; index++) { new CfnLaunchTemplate(stack, `Later${index}`, { launchTemplateData: {} }).with(mixin); }
  expect(looked).toHaveBeenCalledTimes(1 + PAIRS);
});

test('a launcher that changed its type does not disturb later mixins', () => {
  const launcher = new CfnInstance(stack, 'Launcher', { launchTemplate: specification(one) });
  one.with(new RequireImdsv2());
  launcher.addOverride('Type', 'AWS::SNS::Topic');
  expect(() => other.with(new RequireImdsv2())).not.toThrow();
});

function specification(template: CfnLaunchTemplate): { launchTemplateId: string; version: string } {
  return { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
}

function placeOf(launcher: CfnResource, sorted: SortedLaunchers): { isOpen: boolean; ones: boolean; others: boolean } {
  const names = (template: CfnLaunchTemplate) => [...sorted.naming(template)].includes(launcher);
  return { isOpen: sorted.open.has(launcher), ones: names(one), others: names(other) };
}
