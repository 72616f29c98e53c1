import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, CfnResource } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { DOORS } from '../harness/doors';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { read, synthesize } from '../harness/synthesized';

const UNKNOWN = 'Imdsv2::LaunchSourceUnknown';
const OUTSIDE = { LaunchTemplateId: 'lt-0123', Version: '7' };

function reportsOf(type: string, properties: Json, prepare: (stack: Stack) => unknown = () => undefined): string[] {
  const stack = scratchStack();
  prepare(stack);
  new CfnResource(stack, 'Launcher', { type, properties });
  DOORS.enforce(stack);
  return synthesize(stack).reports.filter(({ at, id }) => at === 'Stack/Launcher' && id === UNKNOWN).map(({ text }) => text);
}

describe('a source outside the app is reported', () => {
  test.each<[string, Json, string]>([
    ['AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: OUTSIDE }, "LaunchTemplate names a launch template that is not in this app ('lt-0123')"],
    ['AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: { LaunchTemplateName: 'web', Version: '1' } }, "('web')"],
    ['AWS::AutoScaling::AutoScalingGroup', { LaunchConfigurationName: 'web' }, 'names an AWS::AutoScaling::LaunchConfiguration that is not in this app'],
    ['AWS::AutoScaling::AutoScalingGroup',
      { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: OUTSIDE } } }, 'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification names'],
    ['AWS::AutoScaling::AutoScalingGroup',
      { MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ LaunchTemplateSpecification: OUTSIDE }] } } }, 'Overrides[0].LaunchTemplateSpecification names'],
    ['AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: OUTSIDE }] }, "('lt-0123')"],
    ['AWS::EC2::SpotFleet', { SpotFleetRequestConfigData: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: OUTSIDE }] } }, "('lt-0123')"],
    ['AWS::EKS::Nodegroup', { LaunchTemplate: { Id: 'lt-0123' } }, "('lt-0123')"],
    ['AWS::EKS::Nodegroup', { LaunchTemplate: { Name: 'nodes' } }, "('nodes')"],
    ['AWS::Batch::ComputeEnvironment', { ComputeResources: { LaunchTemplate: OUTSIDE } }, "('lt-0123')"],
    ['AWS::PCS::ComputeNodeGroup', { CustomLaunchTemplate: { TemplateId: 'lt-0123', Version: '1' } }, "('lt-0123')"],
    ['AWS::GameLift::GameServerGroup', { LaunchTemplate: OUTSIDE }, "('lt-0123')"],
    ['AWS::EMR::Cluster', { SecurityConfiguration: 'secure' }, 'an AWS::EMR::SecurityConfiguration that is not in this app'],
    ['AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: { AutoScalingGroupArn: 'arn:aws:autoscaling:eu-west-1:1:group' } }, 'an AWS::AutoScaling::AutoScalingGroup'],
    ['AWS::ImageBuilder::ImagePipeline', { InfrastructureConfigurationArn: 'arn' }, 'an AWS::ImageBuilder::InfrastructureConfiguration'],
    ['AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: { LaunchTemplateId: { Ref: 'AnyTemplate' }, Version: '1' } }, 'only known at deployment (Ref AnyTemplate)'],
    ['AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: { Ref: 'AnyValue' } }, 'only known at deployment (Ref'],
  ])('of %s: %j', (type, properties, words) => {
    expect(reportsOf(type, properties)).toEqual([expect.stringContaining(words)]);
  });

  test('by parameter, with its default', () => {
    const declare = (stack: Stack) => new CfnParameter(stack, 'Template', { default: 'lt-0123' });
    const said = reportsOf('AWS::GameLift::GameServerGroup', { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } }, declare);
    expect(said.join()).toMatch(/'lt-0123'.*Ref Template/);
  });

  test('imported by an L2', () => {
    const stack = scratchStack();
    const imported = LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Imported', { launchTemplateName: 'web', versionNumber: '3' });
    new CfnAutoScalingGroup(stack, 'Launcher', {
      minSize: '1', maxSize: '1', launchTemplate: { launchTemplateName: imported.launchTemplateName, version: imported.versionNumber },
    });
    DOORS.enforce(stack);
    expect(synthesize(stack).reports).toMatchObject([{ at: 'Stack/Launcher', id: UNKNOWN }]);
  });
});

describe('nothing is reported', () => {
  test('for an instance that requires tokens itself', () => {
    expect(reportsOf('AWS::EC2::Instance', { LaunchTemplate: OUTSIDE })).toEqual([]);
  });

  test('for a template of the app in another stack, referenced by name', () => {
    const app = scratchApp();
    const templates = scratchStack(app, 'Templates');
    new LaunchTemplate(templates, 'Web', { launchTemplateName: 'web' });
    const launchers = scratchStack(app, 'Launchers');
    const imported = LaunchTemplate.fromLaunchTemplateAttributes(launchers, 'Imported', { launchTemplateName: 'web' });
    new CfnAutoScalingGroup(launchers, 'Launcher', {
      minSize: '1', maxSize: '1', launchTemplate: { launchTemplateName: imported.launchTemplateName, version: '$Latest' },
    });
    DOORS.enforce(app);
    expect(read(app.synth(), launchers).reports).toEqual([]);
  });

  test.each<[string, Json]>([
    ['AWS::AutoScaling::AutoScalingGroup', {}],
    ['AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: {} }],
    ['AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: 'web' }],
    ['AWS::EC2::SpotFleet', { SpotFleetRequestConfigData: [] }],
    ['AWS::ECS::CapacityProvider', { ManagedInstancesProvider: {} }],
  ])('for %s that cannot be read: %j', (type, properties) => {
    expect(reportsOf(type, properties)).toEqual([]);
  });
});
