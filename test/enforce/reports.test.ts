import type { CfnResource as Resource, Stack } from 'aws-cdk-lib';
import { CfnParameter, CfnResource } from 'aws-cdk-lib';
import { RECORDS } from '../../src/resources/all-records';
import { when } from '../harness/condition-forms';
import { DOORS, ONCE } from '../harness/doors';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';
import type { Report } from '../harness/synthesized';
import { reportedIds, synthesize } from '../harness/synthesized';

const NO_VALUE = { Ref: 'AWS::NoValue' };

/** The reports about a resource. */
function reportsOf(type: string, properties: Json, then?: (resource: Resource, stack: Stack) => void): readonly Report[] {
  const stack = scratchStack();
  const resource = new CfnResource(stack, 'Subject', { type, properties });
  then?.(resource, stack);
  DOORS.enforce(stack);
  return synthesize(stack).reports;
}

describe('an unreadable value', () => {
  test.each([
    ['AWS::EC2::Instance', { MetadataOptions: { Ref: 'Options' } }, 'MetadataOptions is only known at deployment (Ref)'],
    ['AWS::EC2::Instance', { MetadataOptions: 'required' }, "MetadataOptions must be an object with metadata options, got 'required'"],
    ['AWS::EC2::LaunchTemplate', { LaunchTemplateData: { 'Fn::Transform': {} } }, 'LaunchTemplateData is only known at deployment (Fn::Transform)'],
    ['AWS::EC2::EC2Fleet', { Type: 'instant', LaunchTemplateConfigs: [{ Overrides: { Ref: 'Overrides' } }] }, 'LaunchTemplateConfigs[0].Overrides is only known at deployment (Ref)'],
    ['AWS::EC2::EC2Fleet', { Type: 'instant', LaunchTemplateConfigs: [{}, { Overrides: [{ MetadataOptions: 7 }] }] },
      'LaunchTemplateConfigs[1].Overrides[0].MetadataOptions must be an object with metadata options, got 7'],
    ['AWS::EMR::SecurityConfiguration', { SecurityConfiguration: '{' }, "SecurityConfiguration must be an object with metadata options, got '{'"],
    ['AWS::ElasticBeanstalk::Environment', { OptionSettings: 'none' }, "OptionSettings must be an object with metadata options, got 'none'"],
  ])('in %s: %j', (type, properties, text) => {
    expect(reportsOf(type, properties)).toEqual([
      { at: 'Stack/Subject', level: 'warning', id: 'Imdsv2::OptionsUnreadable', text: expect.stringMatching(/; write the options as an object.*https:/) },
    ]);
    expect(reportsOf(type, properties)[0].text).toContain(text);
  });
});

describe('a misspelled setting besides tokens', () => {
  test.each([
    ['HttpEndpoint', 'Enabled', "must be 'enabled' or 'disabled', got 'Enabled'"],
    ['HttpEndpoint', true, "must be 'enabled' or 'disabled', got true"],
    ['HttpProtocolIpv6', 'yes', "must be 'enabled' or 'disabled', got 'yes'"],
    ['InstanceMetadataTags', ['enabled'], 'must be \'enabled\' or \'disabled\', got ["enabled"]'],
    ['HttpPutResponseHopLimit', 0, 'must be a whole number from 1 to 64, got 0'],
    ['HttpPutResponseHopLimit', 65, 'must be a whole number from 1 to 64, got 65'],
    ['HttpPutResponseHopLimit', 1.5, 'must be a whole number from 1 to 64, got 1.5'],
    ['HttpPutResponseHopLimit', 'two', "must be a whole number from 1 to 64, got 'two'"],
    ['HttpPutResponseHopLimit', when('IsProduction', 2, 70), 'must be a whole number from 1 to 64, got 70'],
  ])('%s: %j', (name, value, text) => {
    const [report, ...more] = reportsOf('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { MetadataOptions: { [name]: value } } });
    expect(more).toEqual([]);
    expect(report.id).toBe('Imdsv2::ValueNotAccepted');
    expect(report.text).toContain(`LaunchTemplateData.MetadataOptions.${name} ${text}`);
    expect(report.text).toMatch(/; use an accepted value.*https:/);
  });

  test('stays as it is', () => {
    const stack = scratchStack();
    new CfnResource(stack, 'Subject', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: { HttpEndpoint: 'Enabled' } } });
    DOORS.enforce(stack);
    expect(synthesize(stack).template.Resources.Subject.Properties).toEqual({ MetadataOptions: { HttpEndpoint: 'Enabled', HttpTokens: 'required' } });
  });
});

/** For each type that launches instances and has no property for tokens: properties with which it launches, and properties with which it does not. */
const GAPS: { readonly [type: string]: { readonly gap: readonly Json[]; readonly fine: readonly Json[]; readonly says: RegExp } } = {
  'AWS::EC2::SpotFleet': {
    gap: [
      { SpotFleetRequestConfigData: { LaunchSpecifications: [{ ImageId: 'ami-1' }] } },
      { SpotFleetRequestConfigData: { LaunchSpecifications: when('IsProduction', [{ ImageId: 'ami-1' }], NO_VALUE) } },
    ],
    fine: [{ SpotFleetRequestConfigData: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '1' } }] } }],
    says: /launch template/,
  },
  'AWS::EMR::Cluster': {
    gap: [{ Name: 'cluster' }, { SecurityConfiguration: NO_VALUE }, { SecurityConfiguration: when('IsProduction', 'secure', NO_VALUE) }],
    fine: [{ SecurityConfiguration: 'secure' }, { SecurityConfiguration: { Ref: 'Secure' } }, { SecurityConfiguration: when('IsProduction', 'one', 'two') }],
    says: /: set SecurityConfiguration to a security configuration with MinimumInstanceMetadataServiceVersion 2;/,
  },
  'AWS::EKS::Nodegroup': {
    gap: [{ Subnets: [] }, { LaunchTemplate: when('IsProduction', { Id: 'lt-1' }, NO_VALUE) }],
    fine: [{ LaunchTemplate: { Id: 'lt-1', Version: '1' } }, { LaunchTemplate: when('IsProduction', { Id: 'lt-1' }, { Name: 'web' }) }],
    says: /own launch template/,
  },
  'AWS::Batch::ComputeEnvironment': {
    gap: [
      { ComputeResources: { Type: 'EC2' } },
      { ComputeResources: { Type: 'SPOT', LaunchTemplate: NO_VALUE } },
      { ComputeResources: when('IsProduction', { Type: 'EC2' }, { Type: 'FARGATE' }) },
    ],
    fine: [
      { Type: 'UNMANAGED' },
      { ComputeResources: { Type: 'FARGATE' } },
      { ComputeResources: { Type: 'FARGATE_SPOT' } },
      { ComputeResources: { Type: 'EC2', LaunchTemplate: { LaunchTemplateId: 'lt-1' } } },
      { ComputeResources: when('IsProduction', { Type: 'EC2', LaunchTemplate: { LaunchTemplateId: 'lt-1' } }, { Type: 'FARGATE' }) },
    ],
    says: /own launch template/,
  },
  'AWS::ECS::CapacityProvider': {
    gap: [{ ManagedInstancesProvider: { InfrastructureRoleArn: 'arn' } }],
    fine: [{ AutoScalingGroupProvider: { AutoScalingGroupArn: 'arn' } }],
    says: /account default/,
  },
  'AWS::AutoScaling::AutoScalingGroup': {
    gap: [{ InstanceId: 'i-1' }],
    fine: [{ LaunchConfigurationName: 'web' }, { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } }],
    says: /instead of InstanceId/,
  },
  'AWS::BedrockAgentCore::CapacityProvider': {
    gap: [{ ComputeConfiguration: { Ec2Configuration: { LaunchTemplateSource: { LaunchParameters: {} } } } }],
    fine: [{ Name: 'provider' }],
    says: /account default/,
  },
  'AWS::Deadline::Fleet': {
    gap: [{ Configuration: { ServiceManagedEc2: {} } }],
    fine: [{ Configuration: { CustomerManaged: {} } }],
    says: /decided by the service/,
  },
  'AWS::Lightsail::Instance': { gap: [{ InstanceName: 'blog' }], fine: [], says: /UpdateInstanceMetadataOptions/ },
  'AWS::GameLift::Fleet': { gap: [{}], fine: [], says: /decided by the service/ },
  'AWS::GameLift::ContainerFleet': { gap: [{}], fine: [], says: /decided by the service/ },
  'AWS::Cloud9::EnvironmentEC2': { gap: [{ InstanceType: 'm5.large' }], fine: [], says: /account default/ },
  'AWS::Lambda::CapacityProvider': { gap: [{ CapacityProviderName: 'functions' }], fine: [], says: /account default/ },
  'AWS::DataPipeline::Pipeline': { gap: [{}], fine: [], says: /account default/ },
};

/** The reports about such a type, without those about sources outside the app. */
const gapReportsOf = (...args: Parameters<typeof reportsOf>) => reportsOf(...args).filter(({ id }) => id !== 'Imdsv2::LaunchSourceUnknown');

describe('a type that launches instances and has no property for tokens', () => {
  test('has a case for every type with a gap', () => {
    const types = RECORDS.filter(({ gaps }) => gaps.length > 0).map(({ type }) => type);
    expect(Object.keys(GAPS).sort()).toEqual(types.sort());
  });

  const remedied = new Set(RECORDS.filter(({ gaps }) => gaps.some(({ remedy }) => remedy !== undefined)).map(({ type }) => type));
  const cases = Object.entries(GAPS).flatMap(([type, { gap, says }]) => gap.map(properties => [type, properties, says] as const));
  test.each(cases)('%s: %j', (type, properties, says) => {
    const [report, ...more] = gapReportsOf(type, properties);
    expect(more).toEqual([]);
    expect(report).toMatchObject({ at: 'Stack/Subject', level: 'warning', id: remedied.has(type) ? 'Imdsv2::LaunchSourceMissing' : 'Imdsv2::CannotBeSet' });
    expect(report.text).toContain(type);
    expect(report.text).toMatch(says);
    expect(report.text).toMatch(/acknowledge.*https:/);
  });

  const fine = Object.entries(GAPS).flatMap(([type, all]) => all.fine.map(properties => [type, properties] as const));
  test.each(fine)('not with %s: %j', (type, properties) => {
    expect(gapReportsOf(type, properties)).toEqual([]);
  });

  test('is judged by the properties that are rendered at the end', () => {
    const template = { Id: 'lt-1', Version: '1' };
    expect(gapReportsOf('AWS::EKS::Nodegroup', {}, group => group.addPropertyOverride('LaunchTemplate', template))).toEqual([]);
    const deleted = gapReportsOf('AWS::EKS::Nodegroup', { LaunchTemplate: template }, group => group.addPropertyDeletionOverride('LaunchTemplate'));
    expect(reportedIds(deleted)).toEqual(['Imdsv2::LaunchSourceMissing']);
  });
});

describe('nothing is reported', () => {
  test.each([
    ['AWS::EC2::Instance', { ImageId: 'ami-1' }],
    ['AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: '2', HttpEndpoint: 'disabled' } }],
    ['AWS::EC2::Instance', { MetadataOptions: { HttpPutResponseHopLimit: { Ref: 'Hops' }, HttpEndpoint: { Ref: 'Endpoint' } } }],
    ['AWS::EC2::Instance', { MetadataOptions: { HttpTokens: { 'Fn::FindInMap': ['a', 'b', 'c'] } } }],
    ['AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'Required', NewOption: { Any: 'thing' } } }],
    ['AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '$Latest' } }],
    ['AWS::EC2::LaunchTemplate', {}],
    ['AWS::EC2::EC2Fleet', { Type: 'instant', LaunchTemplateConfigs: [{ Overrides: [{ InstanceType: 'm5.large', MetadataOptions: { HttpEndpoint: 'enabled' } }] }] }],
    ['AWS::ElasticBeanstalk::Environment', { OptionSettings: [] }],
    ['AWS::SageMaker::NotebookInstance', {}],
    ['AWS::AppStream::Fleet', { DisableIMDSV1: false }],
  ])('for %s: %j', (type, properties) => {
    expect(reportsOf(type, properties)).toEqual([]);
  });

  test('for parameters with only valid values', () => {
    const declare = (_: Resource, stack: Stack) => {
      new CfnParameter(stack, 'Tokens', { allowedValues: ['required'] });
      new CfnParameter(stack, 'Endpoint', { allowedValues: ['enabled', 'disabled'] });
    };
    const MetadataOptions = { HttpTokens: { Ref: 'Tokens' }, HttpEndpoint: { Ref: 'Endpoint' } };
    expect(reportsOf('AWS::EC2::Instance', { MetadataOptions }, declare)).toEqual([]);
  });

  test.each(ONCE)('twice, by %s', (_, door) => {
    const stack = scratchStack();
    new CfnResource(stack, 'Subject', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: { HttpEndpoint: 'on', HttpProtocolIpv6: { Ref: 'P' } } } });
    door(stack);
    door(stack);
    expect(synthesize(stack).reports).toHaveLength(1);
  });
});
