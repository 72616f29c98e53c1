import * as fc from 'fast-check';
import { ImdsReport, Imdsv2Validator } from '../../src';
import type { Json } from '../harness/json';
import { holds } from '../properties/synth';
import { OPTIONAL, REQUIRED } from './checked';
import { written } from './written';

const RUNS = 150;
const REPORTS = [ImdsReport.html(), ImdsReport.json(), ImdsReport.sarif(), ImdsReport.junit(), ImdsReport.markdown()];

/** A template with something of everything in it. */
const TEMPLATE: Json = {
  Parameters: { Tokens: { Type: 'String', AllowedValues: ['required'], Default: 'required' } },
  Conditions: { Always: { 'Fn::Equals': ['a', 'a'] } },
  Resources: {
    Host: { Type: 'AWS::EC2::Instance', Properties: { ...OPTIONAL, ImageId: { Ref: 'Golden' }, LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' } } },
    Template: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: {
        LaunchTemplateName: 'web',
        LaunchTemplateData: {
          MetadataOptions: { 'Fn::If': ['Always', { HttpTokens: { Ref: 'Tokens' }, InstanceMetadataTags: 'enabled' }, REQUIRED.MetadataOptions] },
          UserData: { 'Fn::Base64': { 'Fn::Sub': ['echo ECS_CLUSTER=${Name}', { Name: 'web' }] } },
          TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] }],
        },
      },
    },
    Fleet: {
      Type: 'AWS::EC2::EC2Fleet',
      Properties: {
        LaunchTemplateConfigs: [{
          LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } }, Overrides: [REQUIRED],
        }],
      },
    },
    Golden: { Type: 'Custom::ImdsRegisteredImage' },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '$Latest' }, Overrides: [{ ImageId: { 'Fn::GetAtt': ['Golden', 'ImageId'] } }],
          },
        },
      },
    },
    Security: {
      Type: 'AWS::EMR::SecurityConfiguration',
      Properties: {
        SecurityConfiguration: {
          InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 },
        },
      },
    },
    Beanstalk: {
      Type: 'AWS::ElasticBeanstalk::Environment',
      Properties: {
        OptionSettings: [
          { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' },
        ],
      },
    },
    Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Id: { Ref: 'Template' } } }, Metadata: { 'aws:asset:path': 'web.json' } },
  },
  Outputs: { Id: { Value: { Ref: 'Template' }, Export: { Name: 'web' } } },
};

type Path = readonly (string | number)[];

/** The paths of all values in a value, its own among them. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...inside.flatMap(([key, inner]) => pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]))];
}

/** The value with another one in the place of a part of it. */
function replaced(value: unknown, [head, ...rest]: Path, part: unknown): unknown {
  if (head === undefined) { return part; }
  if (Array.isArray(value)) { return value.map((inner: unknown, index) => index === head ? replaced(inner, rest, part) : inner); }
  return { ...value as Json, [head]: replaced((value as Json)[head], rest, part) };
}

const intrinsic = fc.constantFrom('Ref', 'Fn::If', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::ImportValue', 'Fn::FindInMap', 'Fn::Transform');
const name = fc.constantFrom('Host', 'Template', 'Tokens', 'Always', 'AWS::NoValue', 'Nested', '__proto__', 'toString', 'web');
const argument = fc.oneof(name, fc.jsonValue(), fc.array(fc.oneof(name, fc.jsonValue()), { maxLength: 4 }));
const wild: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.tuple(intrinsic, argument).map(([key, value]) => ({ [key]: value })),
  fc.dictionary(fc.oneof(name, fc.string()), fc.jsonValue()),
);

test('whatever stands in the place of a part of a template, it is no exception, and the reports are written', () => {
  holds(fc.property(fc.constantFrom(...pathsIn(TEMPLATE)), wild, (path, part) => {
    const context = written({ 'web.json': replaced(TEMPLATE, path, part) });
    const { violations } = new Imdsv2Validator({ reports: REPORTS }).validate(context);
    expect(violations.every(({ ruleName }) => ruleName.startsWith('Imdsv2::'))).toBe(true);
  }), RUNS);
});

test('a template of whatever JSON is no exception either', () => {
  holds(fc.property(wild, template => {
    expect(() => new Imdsv2Validator({ reports: REPORTS }).validate(written({ 'web.json': template }))).not.toThrow();
  }), RUNS);
});
