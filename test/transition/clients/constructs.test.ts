import { App, Aspects, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { EcsEc2ContainerDefinition, EcsJobDefinition } from 'aws-cdk-lib/aws-batch';
import { Instance, InstanceType, LaunchTemplate, MachineImage, UserData, Vpc, WindowsVersion } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Size } from 'aws-cdk-lib/core';
import { ImdsClientSettings } from '../../../src';
import { read, synthesize } from '../../harness/synthesized';

const NAME = 'AWS_EC2_METADATA_V1_DISABLED';
const instanceType = new InstanceType('t3.micro');
const machineImage = MachineImage.latestAmazonLinux2023();

/** The types of the resources with the variable. */
function typesWith(build: (stack: Stack) => void, settings = new ImdsClientSettings()): string[] {
  const stack = new Stack(new App(), 'Stack');
  build(stack);
  Aspects.of(stack).add(settings);
  const { template } = synthesize(stack);
  return Object.values(template.Resources).filter(each => JSON.stringify(each.Properties ?? {}).includes(NAME)).map(({ Type }) => String(Type));
}

test.each<[string, (stack: Stack) => void, string[]]>([
  ['a group', stack => new AutoScalingGroup(stack, 'Group', { vpc: new Vpc(stack, 'Vpc'), instanceType, machineImage }), ['AWS::AutoScaling::LaunchConfiguration']],
  ['a group of Windows', stack => new AutoScalingGroup(stack, 'Group', {
    vpc: new Vpc(stack, 'Vpc'), instanceType, machineImage: MachineImage.latestWindows(WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
  }), ['AWS::AutoScaling::LaunchConfiguration']],
  ['a launch template', stack => new LaunchTemplate(stack, 'Template', { instanceType, machineImage, userData: UserData.forLinux() }), ['AWS::EC2::LaunchTemplate']],
  ['capacity of a cluster', stack => new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Vpc') }).addCapacity('Hosts', { instanceType }), ['AWS::AutoScaling::LaunchConfiguration']],
  ['an instance', stack => new Instance(stack, 'Host', { vpc: new Vpc(stack, 'Vpc'), instanceType, machineImage }), []],
  ['a job', stack => new EcsJobDefinition(stack, 'Job', {
    container: new EcsEc2ContainerDefinition(stack, 'Container', { image: ContainerImage.fromRegistry('a'), memory: Size.mebibytes(64), cpu: 1 }),
  }), ['AWS::Batch::JobDefinition']],
])('%s', (_, build, types) => {
  expect(typesWith(build)).toEqual(types);
});

describe('as an aspect of an app', () => {
  function appWith(inStage: (stage: Stage, stack: Stack) => void, more: (app: App) => void = () => {}) {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    inStage(stage, new Stack(stage, 'Stack'));
    more(app);
    Aspects.of(app).add(new ImdsClientSettings());
    return app;
  }
  const template = (_: Stage, stack: Stack) => { new LaunchTemplate(stack, 'Template', { userData: UserData.forLinux() }); };
  const told = (app: App) => app.synth().stacks.flatMap(({ messages }) => messages.map(({ entry }) => String(entry.data)));

  test('a warning about stages is added once', () => {
    const app = appWith(template, outer => {
      new Stack(outer, 'Pipeline');
      new Stack(outer, 'Other');
    });
    expect(told(app)).toEqual([expect.stringMatching(/^Prod does not get client settings, because aspects do not visit stages; add ImdsClientSettings to each stage/)]);
  });

  test('if there are only stages, the synthesis fails, because no template can have the warning', () => {
    expect(() => appWith(template).synth()).toThrow(/Prod does not get client settings/);
  });

  test.each<[string, (stage: Stage, stack: Stack) => void]>([
    ['that have the settings', (stage, stack) => {
      template(stage, stack);
      Aspects.of(stage).add(new ImdsClientSettings({ disabled: true }));
    }],
    ['that run no clients', () => {}],
    ['that run nothing but functions', (_, stack) => { new CfnResource(stack, 'Function', { type: 'AWS::Lambda::Function' }); }],
  ])('there is no warning about stages %s', (_, inStage) => {
    expect(told(appWith(inStage, app => new Stack(app, 'Pipeline')))).toEqual([]);
  });

  test('there is a warning about a stage in a stack of a pipeline', () => {
    const app = new App();
    const pipeline = new Stack(app, 'Pipeline');
    const stage = new Stage(pipeline, 'Prod');
    template(stage, new Stack(stage, 'Stack'));
    Aspects.of(app).add(new ImdsClientSettings());
    expect(told(app)).toEqual([expect.stringMatching(/^Pipeline\/Prod does not get client settings/)]);
  });
});

test('if it is applied to an app, it reaches the stages', () => {
  const app = new App();
  const stage = new Stage(app, 'Stage');
  const stack = new Stack(stage, 'Stack');
  new LaunchTemplate(stack, 'Template', { userData: UserData.forLinux() });
  new ImdsClientSettings().applyTo(app);
  expect(JSON.stringify(read(stage.synth(), stack).template)).toContain(NAME);
});
