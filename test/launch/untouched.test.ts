import type { App } from 'aws-cdk-lib';
import { CfnOutput, CfnParameter, Lazy, NestedStack, Stage, Tags } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, InstanceType, LaunchTemplate, MachineImage, Port, UserData, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AsgCapacityProvider, Cluster, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { LaunchGraph } from '../../src/launch/launch-graph';
import { LiveTree } from '../../src/launch/live-tree';
import { scratchStack } from '../harness/scratch-app';
import { answersOf, readableApp, templatesOf } from './harness/readings';

const instanceType = new InstanceType('m5.large');
const machineImage = MachineImage.latestAmazonLinux2023();

/** Builds an app with late decisions, in two steps. */
function half(app: App): () => void {
  const [network, stack] = ['Network', 'Stack'].map(id => scratchStack(app, id));
  const vpc = new Vpc(network, 'Vpc', { natGateways: 0, maxAzs: 1 });
  const userData = UserData.forLinux();
  const template = new LaunchTemplate(stack, 'Template', { instanceType, machineImage, userData });
  const group = new AutoScalingGroup(stack, 'Group', { vpc, instanceType, machineImage });
  const hosts = new AutoScalingGroup(stack, 'Hosts', { vpc, instanceType, machineImage: EcsOptimizedImage.amazonLinux2023() });
  const nested = new NestedStack(stack, 'Nested');
  const words = ['first'];
  const launchTemplate = { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber };
  const instance = new CfnInstance(nested, 'Instance', {
    launchTemplate: Lazy.any({ produce: () => ({ ...launchTemplate, version: words.length > 1 ? launchTemplate.version : '1' }) }) as never,
    userData: Lazy.string({ produce: () => words.join(' ') }),
  });
  const outside = new CfnInstance(scratchStack(new Stage(app, 'Stage'), 'Stack'), 'Instance', {
    launchTemplate: { launchTemplateName: Lazy.string({ produce: () => words.join('-') }), version: '$Latest' },
  });
  return () => {
    words.push('second');
    userData.addCommands('echo later');
    group.addUserData('echo later, too');
    group.connections.allowFromAnyIpv4(Port.tcp(443));
    const cluster = new Cluster(stack, 'Cluster', { vpc });
    cluster.addAsgCapacityProvider(new AsgCapacityProvider(stack, 'Provider', { autoScalingGroup: hosts }));
    instance.addPropertyOverride('LaunchTemplate.Version', new CfnParameter(nested, 'Version', { default: '7' }).valueAsString);
    outside.overrideLogicalId('Renamed');
    new CfnOutput(stack, 'Id', { value: template.launchTemplateId!, exportName: 'template' });
    Tags.of(app).add('late', 'yes');
  };
}

const textOf = (app: App) => templatesOf(app.synth()).map(({ file, template }) => [file, JSON.stringify(template)]);

function ask(app: App): void {
  const graph = new LaunchGraph(new LiveTree(app));
  expect(answersOf(graph)).not.toEqual([]);
  for (const resource of graph.world.resources) {
    graph.launchersOf(resource);
    resource.init();
    resource.moreTagKeys();
    resource.at(['Tags']);
  }
}

test.each<[string, (app: App, finish: () => void) => void]>([
  ['before the app is finished', (app, finish) => {
    ask(app);
    finish();
  }],
  ['after the app is finished', (app, finish) => {
    finish();
    ask(app);
  }],
  ['time and again', (app, finish) => {
    ask(app);
    ask(app);
    finish();
    ask(app);
  }],
])('a look-up of %s changes no template', (_, order) => {
  const [asked, silent] = [readableApp(), readableApp()];
  order(asked, half(asked));
  half(silent)();
  expect(textOf(asked)).toEqual(textOf(silent));
});

test('a logical id can be overridden after a reference to it was followed', () => {
  const app = readableApp();
  const stack = scratchStack(app);
  const template = new LaunchTemplate(stack, 'Template');
  new CfnInstance(stack, 'Instance').addPropertyOverride('LaunchTemplate', { LaunchTemplateId: { Ref: stack.getLogicalId(template.node.defaultChild as never) } });
  ask(app);
  (template.node.defaultChild as CfnInstance).overrideLogicalId('Renamed');
  const { template: content } = templatesOf(app.synth())[0] as { template: { Resources: object } };
  expect(Object.keys(content.Resources)).toEqual(['Renamed', 'Instance']);
});
