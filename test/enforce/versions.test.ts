import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, CfnResource } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { when } from '../harness/condition-forms';
import { DOORS, ONCE } from '../harness/doors';
import type { Json } from '../harness/json';
import { LATEST, instance, specification, templateIn } from '../harness/launchers';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const PINNED = 'Imdsv2::VersionNotFollowed';
const NOT_LOOKED_UP = 'Imdsv2::LatestNotLookedUp';
const DEFAULT = { 'Fn::GetAtt': ['Template', 'DefaultVersionNumber'] };
const TEMPLATE = { Ref: 'Template' };

/** Properties of a launcher that names the template in some version. */
type Launcher = readonly [type: string, properties: (version: unknown) => Json];

const LAUNCHERS: readonly Launcher[] = [
  ['AWS::AutoScaling::AutoScalingGroup', version => ({ LaunchTemplate: specification(version) })],
  ['AWS::AutoScaling::AutoScalingGroup', version => ({
    MixedInstancesPolicy: {
      LaunchTemplate: { LaunchTemplateSpecification: specification(LATEST), Overrides: [{ LaunchTemplateSpecification: specification(version) }] },
    },
  })],
  ['AWS::EC2::EC2Fleet', version => ({ LaunchTemplateConfigs: [{ LaunchTemplateSpecification: specification(version) }] })],
  ['AWS::EC2::SpotFleet', version => ({ SpotFleetRequestConfigData: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: specification(version) }] } })],
  ['AWS::EKS::Nodegroup', version => ({ LaunchTemplate: { Id: TEMPLATE, Version: version } })],
  ['AWS::Batch::ComputeEnvironment', version => ({ ComputeResources: { Type: 'EC2', LaunchTemplate: specification(version) } })],
  ['AWS::PCS::ComputeNodeGroup', version => ({ CustomLaunchTemplate: { TemplateId: TEMPLATE, Version: version } })],
  ['AWS::GameLift::GameServerGroup', version => ({ LaunchTemplate: specification(version) })],
];

/** The reports about a launcher of a template, without reports about other things. */
function reportsOf(build: (stack: Stack) => unknown, tokens?: string, door = DOORS.enforce): string[] {
  const stack = scratchStack();
  const template = templateIn(stack, tokens);
  if (tokens) { template.addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit', 2); }
  build(stack);
  door(stack);
  return synthesize(stack).reports.filter(({ at, id }) => at === 'Stack/Launcher' && (id === PINNED || id === NOT_LOOKED_UP)).map(({ text }) => text);
}
const launcher = (type: string, properties: Json) => (stack: Stack) => new CfnResource(stack, 'Launcher', { type, properties });

describe.each(LAUNCHERS)('of %s', (type, properties) => {
  test.each<[string, unknown, RegExp]>([
    ['a number', '3', /names version 3 of the launch template 'Stack\/Template', which may still allow IMDSv1/],
    ['a number that is one', 3, /names version 3/],
    ['$Default', '$Default', /uses the default version \(\$Default\) of the launch template [^;]*; CloudFormation does not move it to new versions, so it may/],
    ['the DefaultVersionNumber', DEFAULT, /the default version \(DefaultVersionNumber\)/],
    ['no version', undefined, /so it uses the default version/],
    ['a parameter', { Ref: 'AnyVersion' }, /only known at deployment \(Ref AnyVersion\)/],
    ['a number in one branch', when('IsProduction', LATEST, '2'), /names version 2/],
  ])('%s is reported, because it does not follow the template', (_, version, words) => {
    const said = reportsOf(launcher(type, properties(version)));
    expect(said).toEqual([expect.stringMatching(words)]);
  });

  test.each([['the LatestVersionNumber', LATEST], ['its latest number by Fn::Sub', { 'Fn::Sub': '${Template.LatestVersionNumber}' }]])('%s is not reported', (_, version) => {
    expect(reportsOf(launcher(type, properties(version)))).toEqual([]);
  });

  test('it is reported even if the template already required tokens, because the version can be an older one', () => {
    expect(reportsOf(launcher(type, properties('3')), 'required')).toEqual([expect.stringMatching(/names version 3/)]);
  });

  test('$Latest of an unchanged template is not reported', () => {
    expect(reportsOf(launcher(type, properties('$Latest')), 'required')).toEqual([]);
  });
});

describe('$Latest', () => {
  const cases = LAUNCHERS.map(([type, properties]) => [type, properties('$Latest')] as const);
  const lookedUpOnce = ['AWS::EKS::Nodegroup', 'AWS::Batch::ComputeEnvironment'];

  test.each(cases.filter(([type]) => !lookedUpOnce.includes(type)))('is followed by %s', (type, properties) => {
    expect(reportsOf(launcher(type, properties))).toEqual([]);
  });

  test.each(cases.filter(([type]) => lookedUpOnce.includes(type)))('is looked up once by %s', (type, properties) => {
    expect(reportsOf(launcher(type, properties))).toEqual([expect.stringMatching(/resolves it only when its own properties change/)]);
  });
});

test.each(ONCE)('a launcher is reported before and after its template, by %s', (_, door) => {
  const group = launcher('AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: specification('1') });
  expect(reportsOf(group, undefined, door)).toHaveLength(1);
  const stack = scratchStack();
  group(stack);
  templateIn(stack);
  door(stack);
  expect(synthesize(stack).reports.filter(({ id }) => id === PINNED)).toHaveLength(1);
});

test('an instance with a fixed version is accepted if it requires tokens itself', () => {
  expect(reportsOf(stack => instance(stack, specification('1')))).toEqual([]);
});

test('a fleet whose overrides all require tokens is accepted, whatever the version is', () => {
  const overriding = (...Overrides: Json[]) => ({
    Type: 'instant', LaunchTemplateConfigs: [{ LaunchTemplateSpecification: specification('1'), Overrides }],
  });
  const said = { InstanceType: 'm5.large', MetadataOptions: { HttpTokens: 'optional' } };
  expect(reportsOf(launcher('AWS::EC2::EC2Fleet', overriding(said, said)))).toEqual([]);
  expect(reportsOf(launcher('AWS::EC2::EC2Fleet', overriding(said, { InstanceType: 'c5.large' })))).toHaveLength(1);
});

test('a parameter that can only be a number is a fixed version, and its value is unknown', () => {
  const said = reportsOf(stack => {
    new CfnParameter(stack, 'Version', { allowedValues: ['1', '2'] });
    return launcher('AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: specification({ Ref: 'Version' }) })(stack);
  });
  expect(said).toEqual([expect.stringMatching(/version 1/), expect.stringMatching(/version 2/)]);
});

test('a group of aws-cdk-lib follows its template', () => {
  const stack = scratchStack();
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
  const launchTemplate = new LaunchTemplate(stack, 'Template', {
    instanceType: new InstanceType('m5.large'), machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
  });
  new AutoScalingGroup(stack, 'Group', { vpc, launchTemplate });
  DOORS.enforce(stack);
  expect(synthesize(stack).reports.filter(({ id }) => id === PINNED)).toEqual([]);
});
