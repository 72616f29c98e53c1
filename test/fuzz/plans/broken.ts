import * as fc from 'fast-check';
import { CARRIERS, DOCUMENT_KEY, OPTION } from '../oracle/facts';
import type { JsonObject } from '../oracle/json';

const OPTIONAL = { MetadataOptions: { HttpTokens: 'optional' } };
const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };

/** A template with something of each kind. */
const TEMPLATE: JsonObject = {
  Parameters: { Tokens: { Type: 'String', AllowedValues: ['required'], Default: 'required' } },
  Conditions: { Always: { 'Fn::Equals': ['a', 'a'] } },
  Resources: {
    Host: resource('AWS::EC2::Instance', { ...OPTIONAL, ImageId: { Ref: 'Golden' }, LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' } }),
    Template: resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateName: 'web',
      LaunchTemplateData: {
        MetadataOptions: { 'Fn::If': ['Always', { HttpTokens: { Ref: 'Tokens' }, InstanceMetadataTags: 'enabled' }, REQUIRED.MetadataOptions] },
        UserData: { 'Fn::Base64': { 'Fn::Sub': ['echo ECS_CLUSTER=${Name}', { Name: 'web' }] } },
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] }],
      },
    }),
    Fleet: resource('AWS::EC2::EC2Fleet', {
      Type: 'instant',
      LaunchTemplateConfigs: [{
        LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } }, Overrides: [REQUIRED],
      }],
    }),
    Golden: { Type: 'Custom::ImdsRegisteredImage' },
    Group: resource('AWS::AutoScaling::AutoScalingGroup', {
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '$Latest' }, Overrides: [{ ImageId: { 'Fn::GetAtt': ['Golden', 'ImageId'] } }],
        },
      },
    }),
    Batch: resource('AWS::Batch::ComputeEnvironment', { ComputeResources: { Type: 'EC2', LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } } }),
    Security: resource('AWS::EMR::SecurityConfiguration', {
      SecurityConfiguration: { [DOCUMENT_KEY]: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 } },
    }),
    Cluster: resource('AWS::EMR::Cluster', { SecurityConfiguration: { Ref: 'Security' } }),
    Beanstalk: resource('AWS::ElasticBeanstalk::Environment', { OptionSettings: [{ ...OPTION, Value: 'true' }] }),
    Nested: {
      ...resource('AWS::CloudFormation::Stack', { Parameters: { Id: { Ref: 'Template' } } }), Metadata: { 'aws:asset:path': 'web.json' },
    },
  },
  Outputs: { Id: { Value: { Ref: 'Template' }, Export: { Name: 'web' } } },
};

type Path = readonly (string | number)[];

const INTRINSIC = fc.constantFrom(
  'Ref', 'Fn::If', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::ImportValue', 'Fn::FindInMap', 'Fn::Transform', 'Fn::ForEach::Each',
);
const NAME = fc.constantFrom('Host', 'Template', 'Tokens', 'Always', 'AWS::NoValue', 'Nested', '__proto__', 'toString', 'web', 'constructor');
const ARGUMENT = fc.oneof(NAME, fc.jsonValue(), fc.array(fc.oneof(NAME, fc.jsonValue()), { maxLength: 4 }));
const PART: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.tuple(INTRINSIC, ARGUMENT).map(([name, argument]) => ({ [name]: argument })),
  fc.dictionary(fc.oneof(NAME, fc.string()), fc.jsonValue()),
  fc.constantFrom(...CARRIERS.map(({ type }) => ({ Type: type, Properties: null }))),
);

/** A template with some parts replaced, or any JSON. */
export function brokenTemplate(): fc.Arbitrary<unknown> {
  const replacement = fc.record({ path: fc.constantFrom(...pathsIn(TEMPLATE)), part: PART });
  const broken = fc.array(replacement, { minLength: 1, maxLength: 2 })
    .map(parts => parts.reduce<unknown>((whole, { path, part }) => replaced(whole, path, part), TEMPLATE));
  return fc.oneof({ arbitrary: broken, weight: 9 }, { arbitrary: PART, weight: 1 });
}

/** The paths of all values in a value, with its own. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...inside.flatMap(([key, inner]) => pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}

/** The value with a part replaced, if the part exists. */
function replaced(value: unknown, [head, ...rest]: Path, part: unknown): unknown {
  if (head === undefined) { return part; }
  if (Array.isArray(value)) { return value.map((inner: unknown, index) => index === head ? replaced(inner, rest, part) : inner); }
  return typeof value === 'object' && value !== null ? { ...value, [head]: replaced((value as JsonObject)[head], rest, part) } : value;
}

function resource(Type: string, Properties: object): object {
  return { Type, Properties };
}
