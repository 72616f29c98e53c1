import type { Finding } from '../../src/inspect/finding';
import { judge } from '../../src/inspect/judge';
import { LaunchAnalysis } from '../../src/inspect/launch-analysis';
import { PlainVerdicts } from '../../src/inspect/plain-verdicts';
import type { TemplateFile } from '../../src/launch/template-file';
import { TemplateSet } from '../../src/launch/template-set';
import { ImdsPolicy } from '../../src/policy/imds-policy';
import { RECORDS } from '../../src/resources/all-records';
import { BLOCKS, SURROUNDINGS, TEMPLATES, around } from './plain-cases';

const POLICY = new ImdsPolicy({}, () => false);
const REQUIRED = { HttpTokens: 'required' };
const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';
const FOLLOWING = { LaunchTemplateId: { Ref: 'Silent' }, Version: { 'Fn::GetAtt': ['Silent', 'LatestVersionNumber'] } };

/** More ways in which a resource may launch from something, run something, or be no plain object. */
const OTHERS: readonly object[] = [
  ...SURROUNDINGS,
  { LaunchTemplate: null }, { LaunchTemplate: {} }, { LaunchTemplate: [] }, { LaunchTemplate: 'lt-1' }, { LaunchTemplate: { Ref: 'Silent' } },
  { LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } }, { LaunchTemplate: { ...FOLLOWING, LaunchTemplateName: null } },
  { LaunchTemplate: { ...FOLLOWING, Version: '$Default' } }, { LaunchTemplate: { ...FOLLOWING, Version: { 'Fn::GetAtt': 'Silent.LatestVersionNumber' } } },
  { LaunchTemplate: { ...FOLLOWING, Version: { 'Fn::GetAtt': ['Off', 'LatestVersionNumber'] } } },
  { LaunchTemplate: { LaunchTemplateId: { Ref: 'A' }, Version: '$Latest' } }, { LaunchTemplate: { LaunchTemplateId: { Ref: 'AWS::NoValue' }, Version: '$Latest' } },
  { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: FOLLOWING } } },
  { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: FOLLOWING, Overrides: [{ LaunchTemplateSpecification: FOLLOWING }] } } },
  { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: FOLLOWING } }, LaunchTemplate: FOLLOWING },
  { InstanceId: 'i-1' }, { InstanceId: null }, { LaunchConfigurationName: { Ref: 'Silent' } }, { LaunchConfigurationName: 'web' }, { 'Fn::Transform': { Name: 'M' } },
  ...['curl http://169.254.169.254/latest/', 'docker run web', 'echo hello', '', null, 1, { Ref: 'Script' }, { 'Fn::Sub': 'docker run web' }].flatMap(text =>
    [{ UserData: text }, { UserData: { 'Fn::Base64': text } }]),
  ...['/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id', { Ref: 'ContainerImage' }, { Ref: 'Image' }, { Ref: 'Silent' }, null, { 'Fn::Sub': '${Image}' }].map(ImageId => ({ ImageId })),
];

const PARAMETERS = {
  ContainerImage: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id' },
  Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' },
  Script: { Type: 'String', Default: 'docker run web' },
};

/** The verdict on a resource by the short way and by the long one. */
function verdictsOn(definition: unknown, resources: object = TEMPLATES, file: Partial<TemplateFile> = { isMarked: false }) {
  const template = { Parameters: PARAMETERS, Resources: { A: definition, ...resources } };
  const world = new TemplateSet([{ file: 'a.json', template, ...file }]);
  const analysis = new LaunchAnalysis(world);
  const plain = new PlainVerdicts(analysis, POLICY).on('A', world.stacks[0]);
  return { plain, judged: judge(world.resources[0], analysis, POLICY).map(({ resource: _, ...finding }) => finding) };
}

const rulesIn = (findings: readonly Finding[] | undefined) => findings?.map(({ rule }) => rule);

describe.each(RECORDS.map(record => [record.type, record] as const))('%s', (type, { carriers, launchesFrom }) => {
  const aroundAll = (blocks: readonly unknown[], more: object) => carriers.flatMap(({ path }) => blocks.map(block => around(path, block, more)));
  const properties = [
    ...aroundAll(BLOCKS, {}),
    ...OTHERS.flatMap(more => [
      more, { LaunchTemplateData: more }, ...aroundAll([null, REQUIRED, { HttpTokens: 'optional' }, { MinimumInstanceMetadataServiceVersion: '2' }], more),
      ...(launchesFrom?.references ?? []).map(({ segments }) => around(segments, FOLLOWING, more)),
    ]),
  ];

  test('a plain verdict is that of the judge', () => {
    for (const Properties of [...properties, undefined, null, [], 'text', { Ref: 'Script' }]) {
      const { plain, judged } = verdictsOn({ Type: type, Properties });
      expect({ Properties, found: plain ?? judged }).toEqual({ Properties, found: judged });
    }
  });
});

test.each<[string, string, object, string[]]>([
  ['an instance that requires tokens', 'AWS::EC2::Instance', { ImageId: 'ami-1', UserData: { 'Fn::Base64': 'echo hello' }, MetadataOptions: REQUIRED }, []],
  ['an instance without metadata options', 'AWS::EC2::Instance', { ImageId: { Ref: 'Image' } }, ['Imdsv2::TokensRequired']],
  ['an instance that follows a launch template', 'AWS::EC2::Instance', { LaunchTemplate: FOLLOWING }, []],
  ['an instance that follows the latest version', 'AWS::EC2::Instance', { LaunchTemplate: { ...FOLLOWING, Version: '$Latest' } }, []],
  ['a launch template that requires tokens', LAUNCH_TEMPLATE, { LaunchTemplateData: { MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 2 } } }, []],
  ['a launch template without metadata options', LAUNCH_TEMPLATE, { LaunchTemplateData: { ImageId: 'ami-1' } }, ['Imdsv2::TokensRequired']],
  ['a group that follows a launch template', 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: FOLLOWING, MinSize: '1' }, []],
])('%s is plain', (_, Type, Properties, rules) => {
  expect(rulesIn(verdictsOn({ Type, Properties, Metadata: { 'aws:cdk:path': 'Stack/A' } }).plain)).toEqual(rules);
});

describe('a resource that requires tokens is not plain', () => {
  const host = { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: REQUIRED } };

  test.each<[string, object, object?, Partial<TemplateFile>?]>([
    ['with a hop limit that is too high', { ...host, Properties: { MetadataOptions: { ...REQUIRED, HttpPutResponseHopLimit: 3 } } }],
    ['with a value that is a function', { ...host, Properties: { MetadataOptions: { ...REQUIRED, HttpEndpoint: { Ref: 'Script' } } } }],
    ['if its user data runs containers', { ...host, Properties: { ...host.Properties, UserData: 'docker run web' } }],
    ['if its image is for containers', { ...host, Properties: { ...host.Properties, ImageId: { Ref: 'ContainerImage' } } }],
    ['if its user data calls the metadata service', { ...host, Properties: { ...host.Properties, UserData: 'curl http://169.254.169.254/latest/' } }],
    ['if it runs something when it starts', { ...host, Metadata: { 'AWS::CloudFormation::Init': {} } }],
    ['if another resource is a sign of containers', host, { Cluster: { Type: 'AWS::EKS::Nodegroup', Properties: {} } }],
    ['if something in its template was marked', host, {}, { isMarked: true }],
  ])('%s', (_, ...written) => {
    expect(verdictsOn(...written).plain).toBe(undefined);
  });
});

test.each<[string, object, string[] | undefined]>([
  ['is not plain if it leaves tokens to a launch template', { LaunchTemplate: FOLLOWING }, undefined],
  ['is plain if it launches from one and requires tokens', { LaunchTemplate: FOLLOWING, MetadataOptions: REQUIRED }, []],
  ['is plain if it launches from no template and requires tokens', { MetadataOptions: REQUIRED }, []],
  ['is plain if it launches from no template and sets no options', {}, ['Imdsv2::TokensRequired']],
])('an instance in an app with exemptions %s', (_, Properties, rules) => {
  const world = new TemplateSet([{ file: 'a.json', template: { Resources: { A: { Type: 'AWS::EC2::Instance', Properties }, ...TEMPLATES } }, isMarked: false }]);
  expect(rulesIn(new PlainVerdicts(new LaunchAnalysis(world), POLICY, true).on('A', world.stacks[0]))).toEqual(rules);
});

test('a resource whose options are nested too deep is not plain, so the judge reads it', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`) as object;
  expect(verdictsOn({ Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: deep } }).plain).toBe(undefined);
});
