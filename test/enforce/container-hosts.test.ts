import { when } from '../harness/condition-forms';
import type { Written, WrittenTemplate } from '../harness/in-a-tree';
import { IN_A_TREE, enforcedTemplate, findingsIn, hopLimitsIn, textsOf } from '../harness/in-a-tree';
import type { Json } from '../harness/json';

const BY_ID = { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };
const template = (data: Json = {}, name?: string) =>
  ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { ...name ? { LaunchTemplateName: name } : {}, LaunchTemplateData: { ImageId: 'ami-1', ...data } } });
const configuration = (more: Json = {}) =>
  ({ Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: 'ami-1', InstanceType: 'm5.large', ...more } });
const group = (more: Json) => ({ Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '0', MaxSize: '1', ...more } });
const capacityProvider = (AutoScalingGroupArn: unknown) =>
  ({ Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn } } });
const nodes = (more: Json) =>
  ({ Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'web', NodeRole: 'arn:aws:iam::1:role/node', Subnets: ['subnet-1'], ...more } });
const batch = (resources: Json, more: Json = {}) => ({
  Type: 'AWS::Batch::ComputeEnvironment',
  Properties: { Type: 'MANAGED', ...more, ComputeResources: { MaxvCpus: 1, Subnets: ['subnet-1'], Type: 'EC2', InstanceTypes: ['m5'], ...resources } },
});
const fleet = (...configs: Json[]) => ({
  Type: 'AWS::EC2::EC2Fleet', Properties: { LaunchTemplateConfigs: configs, TargetCapacitySpecification: { TotalTargetCapacity: 1 } },
});
const builds = (Type: string, recipe: Json) => ({
  Infrastructure: {
    Type: 'AWS::ImageBuilder::InfrastructureConfiguration', Properties: { Name: 'builds', InstanceProfileName: 'builds' },
  },
  Build: { Type, Properties: { ...Type.endsWith('Pipeline') ? { Name: 'nightly' } : {}, InfrastructureConfigurationArn: { Ref: 'Infrastructure' }, ...recipe } },
});

/** Launchers of container hosts, in each form. */
const HOSTS: readonly (readonly [name: string, resources: WrittenTemplate['Resources'], reason: RegExp])[] = [
  ['a group behind a capacity provider', {
    Template: template(), Group: group({ LaunchTemplate: BY_ID }), Provider: capacityProvider({ Ref: 'Group' }),
  }, /the ECS capacity provider 'Stack\/.*Provider'/],
  ['a group behind a capacity provider that names its ARN', {
    Template: template(), Group: group({ LaunchTemplate: BY_ID }), Provider: capacityProvider({ 'Fn::GetAtt': ['Group', 'AutoScalingGroupARN'] }),
  }, /ECS capacity provider/],
  ['a group behind a capacity provider that names it', {
    Template: template({}, 'web'),
    Group: group({ AutoScalingGroupName: 'workers', LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } }),
    Provider: capacityProvider('workers'),
  }, /ECS capacity provider/],
  ['a group behind a capacity provider under a condition', {
    Template: template(), Group: group({ LaunchTemplate: BY_ID }), Provider: capacityProvider(when('IsProduction', { Ref: 'Group' }, 'other')),
  }, /ECS capacity provider/],
  ['a launch configuration of a group behind a capacity provider', {
    Configuration: configuration(), Group: group({ LaunchConfigurationName: { Ref: 'Configuration' } }), Provider: capacityProvider({ Ref: 'Group' }),
  }, /ECS capacity provider/],
  ['the template of a mixed group behind a capacity provider', {
    Template: template(),
    Group: group({ MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: BY_ID, Overrides: [{ InstanceType: 'm5.large' }] } } }),
    Provider: capacityProvider({ Ref: 'Group' }),
  }, /ECS capacity provider/],
  ['a node group', { Template: template(), Nodes: nodes({ LaunchTemplate: { Id: { Ref: 'Template' } } }) }, /the EKS node group 'Stack\/.*Nodes'/],
  ['a node group that names its template', {
    Template: template({}, 'web'), Nodes: nodes({ LaunchTemplate: { Name: 'web', Version: '1' } }),
  }, /EKS node group/],
  ['a Batch environment', { Template: template(), Batch: batch({ LaunchTemplate: BY_ID }) }, /the Batch compute environment 'Stack\/.*Batch'/],
  ['a Batch environment of Spot instances', { Template: template(), Batch: batch({ Type: 'SPOT', LaunchTemplate: BY_ID }) }, /Batch compute environment/],
  ['a Batch environment that may be on Fargate', {
    Template: template(), Batch: batch({ Type: when('IsProduction', 'EC2', 'FARGATE'), LaunchTemplate: BY_ID }),
  }, /Batch compute environment/],
  ['a template for some types of a Batch environment', {
    Template: template(),
    Batch: batch({ LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1', Overrides: [{ ...BY_ID, TargetInstanceTypes: ['p4d'] }] } }),
  }, /Batch compute environment/],
  ['a pipeline of container images', builds('AWS::ImageBuilder::ImagePipeline', { ContainerRecipeArn: 'arn:recipe' }), /the container image pipeline 'Stack\/.*Build'/],
  ['a build of a container image', builds('AWS::ImageBuilder::Image', { ContainerRecipeArn: 'arn:recipe' }), /the container image build/],
  ['a template with a cluster in a group\'s CloudFormation::Init', {
    Template: template(),
    Group: {
      ...group({ LaunchTemplate: BY_ID }),
      Metadata: { 'AWS::CloudFormation::Init': { config: { files: { '/etc/ecs/ecs.config': { content: 'ECS_CLUSTER=web' } } } } },
    },
  }, /AWS::CloudFormation::Init configures the ECS agent \(.*\) in 'Stack\/.*Group'/],
  ['an image of a group\'s override', {
    Template: template(),
    Group: group({
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: BY_ID,
          Overrides: [{ InstanceType: 'm5.large', ImageId: 'resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id' }],
        },
      },
    }),
  }, /the image is \/aws\/service\/ecs\/optimized-ami\/amazon-linux-2023\/recommended\/image_id in 'Stack\/.*Group'/],
];

/** Launchers without containers. */
const NO_HOSTS: readonly (readonly [name: string, resources: WrittenTemplate['Resources']])[] = [
  ['an instance', { Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1' } } }],
  ['a template without launchers', { Template: template() }],
  ['a group', { Template: template(), Group: group({ LaunchTemplate: BY_ID }) }],
  ['a launch configuration', { Configuration: configuration(), Group: group({ LaunchConfigurationName: { Ref: 'Configuration' } }) }],
  ['a group beside a capacity provider of another one', {
    Template: template(), Group: group({ LaunchTemplate: BY_ID }), Provider: capacityProvider('arn:aws:autoscaling:eu-west-1:1:autoScalingGroup:x:autoScalingGroupName/other'),
  }],
  ['an instance that launches from a template without other launchers', {
    Template: template(), Host: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: BY_ID } },
  }],
  ['a fleet', { Template: template(), Fleet: fleet({ LaunchTemplateSpecification: BY_ID }) }],
  ['a Batch environment on Fargate', { Template: template(), Batch: batch({ Type: 'FARGATE', LaunchTemplate: BY_ID }) }],
  ['a Batch environment on Fargate Spot', { Template: template(), Batch: batch({ Type: 'FARGATE_SPOT', LaunchTemplate: BY_ID }) }],
  ['a pipeline of machine images', builds('AWS::ImageBuilder::ImagePipeline', { ImageRecipeArn: 'arn:recipe' })],
  ['a pipeline whose container recipe is left out', builds('AWS::ImageBuilder::ImagePipeline', { ImageRecipeArn: 'arn:recipe', ContainerRecipeArn: { Ref: 'AWS::NoValue' } })],
];

describe.each(IN_A_TREE)('%s', (_, build) => {
  test.each(HOSTS)('the options of %s get the hop limit of container hosts', (__, Resources) => {
    expect(hopLimitsIn(enforcedTemplate(build, { Resources }))).toEqual([2]);
    expect(hopLimitsIn(enforcedTemplate(build, { Resources }, { containerHopLimit: 3, httpPutResponseHopLimit: 1 }))).toEqual([3]);
  });

  test.each(NO_HOSTS)('the options of %s get a hop limit only from the props', (__, Resources) => {
    const hopLimits = hopLimitsIn(enforcedTemplate(build, { Resources }));
    expect(hopLimits).toEqual(hopLimits.map(() => undefined));
    const given = hopLimitsIn(enforcedTemplate(build, { Resources }, { containerHopLimit: 3, httpPutResponseHopLimit: 1 }));
    expect(given.filter(limit => limit !== undefined)).toEqual([1]);
  });

  test.each(HOSTS)('a hop limit of 1 is reported for %s, with the reason', (__, resources, reason) => {
    const Resources = Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, withHopLimit(resource, 1)]));
    const { reports, ...enforced } = enforcedTemplate(build, { Resources });
    expect(hopLimitsIn({ reports, ...enforced })).toEqual([1]);
    const texts = textsOf(reports, 'Imdsv2::ContainerHopLimit');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/HttpPutResponseHopLimit must be at least 2, got 1, because containers run on its instances/);
    expect(texts[0]).toMatch(reason);
  });

  test.each(NO_HOSTS)('a hop limit of 1 is accepted for %s', (__, resources) => {
    const Resources = Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, withHopLimit(resource, 1)]));
    expect(findingsIn(enforcedTemplate(build, { Resources }).reports)).toEqual([]);
  });

  test('each template of a mixed group behind a capacity provider is one of a container host', () => {
    const { options } = enforcedTemplate(build, {
      Resources: {
        Template: template(),
        Large: template({ InstanceType: 'm5.4xlarge' }),
        Other: template(),
        Group: group({
          MixedInstancesPolicy: {
            LaunchTemplate: {
              LaunchTemplateSpecification: BY_ID,
              Overrides: [{ InstanceType: 'm5.large' }, { LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Large' }, Version: '1' } }],
            },
          },
        }),
        Provider: capacityProvider({ Ref: 'Group' }),
      },
    });
    expect([options.Template, options.Large, options.Other].map(block => block?.HttpPutResponseHopLimit)).toEqual([2, 2, undefined]);
  });

  test('an instance with its own user data runs containers, but its template does not', () => {
    const { options } = enforcedTemplate(build, {
      Resources: {
        Template: template(),
        Host: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: BY_ID, UserData: { 'Fn::Base64': 'echo ECS_CLUSTER=web >> /etc/ecs/ecs.config' } } },
        Plain: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: BY_ID } },
      },
    }, { httpPutResponseHopLimit: 1 });
    expect(options.Template?.HttpPutResponseHopLimit).toBe(1);
    expect(options.Host?.HttpPutResponseHopLimit).toBe(2);
    expect(options.Plain?.HttpPutResponseHopLimit).toBeUndefined();
  });

  test("an instance that overrides the user data of a container host's template does not run containers", () => {
    const { reports } = enforcedTemplate(build, {
      Resources: {
        Template: template({ UserData: { 'Fn::Base64': 'echo ECS_CLUSTER=web >> /etc/ecs/ecs.config' } }),
        Host: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: BY_ID, UserData: { 'Fn::Base64': 'echo' }, MetadataOptions: { HttpPutResponseHopLimit: 1 } } },
        Inheriting: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: BY_ID, MetadataOptions: { HttpPutResponseHopLimit: 1 } } },
      },
    });
    expect(textsOf(reports, 'Imdsv2::ContainerHopLimit')).toHaveLength(1);
    expect(reports.find(({ id }) => id === 'Imdsv2::ContainerHopLimit')?.at).toMatch(/\/Inheriting$/);
  });

  test('an instance whose own user data runs containers is reported if its template sets a hop limit that is too low', () => {
    const { options, reports } = enforcedTemplate(build, {
      Resources: {
        Template: template({ MetadataOptions: { HttpPutResponseHopLimit: 1 } }),
        Host: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: BY_ID, UserData: { 'Fn::Base64': 'ECS_CLUSTER=web' } } },
      },
    });
    expect(options.Host).toEqual({ HttpTokens: 'required' });
    expect(findingsIn(reports)).toEqual([expect.stringMatching(/Host Imdsv2::ContainerHopLimit$/)]);
  });

  test("the overrides of a fleet do not set the hop limit of a container host's template", () => {
    const { options, template: rendered } = enforcedTemplate(build, {
      Resources: {
        Template: template({ UserData: { 'Fn::Base64': 'ECS_CLUSTER=web' } }),
        Fleet: fleet({ LaunchTemplateSpecification: BY_ID, Overrides: [{ InstanceType: 'm5.large' }] }),
      },
    });
    expect(options.Template?.HttpPutResponseHopLimit).toBe(2);
    expect(JSON.stringify(rendered.Resources.Fleet)).not.toContain('HopLimit');
  });

  test('the user data of a fleet is a sign for its template, and for no other one', () => {
    const LaunchTemplateSpecificationUserData = Buffer.from('#!/bin/bash\n/etc/eks/bootstrap.sh web').toString('base64');
    const Fleet = fleet({ LaunchTemplateSpecification: { ...BY_ID, LaunchTemplateSpecificationUserData } });
    expect(hopLimitsIn(enforcedTemplate(build, { Resources: { Template: template(), Other: template(), Fleet } }))).toEqual([2, undefined]);
  });
});

/** A resource with a hop limit, if it has metadata options. */
function withHopLimit(resource: Written, HttpPutResponseHopLimit: number): Written {
  const options = { HttpPutResponseHopLimit };
  const properties = resource.Properties ?? {};
  switch (resource.Type) {
    case 'AWS::EC2::LaunchTemplate': {
      const data = { ...properties.LaunchTemplateData as Json, MetadataOptions: options };
      return { ...resource, Properties: { ...properties, LaunchTemplateData: data } };
    }
    case 'AWS::ImageBuilder::InfrastructureConfiguration':
      return { ...resource, Properties: { ...properties, InstanceMetadataOptions: options } };
    case 'AWS::EC2::Instance':
    case 'AWS::AutoScaling::LaunchConfiguration':
      return { ...resource, Properties: { ...properties, MetadataOptions: options } };
    default: return resource;
  }
}
