import { CfnOutput, CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Imdsv2 } from '../../src';
import { checkedTemplate } from '../fuzz/checked';
import { validated } from '../fuzz/validated';

// CDK stores logical ids as keys of objects. A resource with the id of a prototype property is missing in the template. Other names that every object
// has are normal ids.

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'length', 'then', '__defineGetter__'];

interface Case {
  readonly name: string;
  readonly make: (scope: Construct, id: string) => void;
  /** The findings of the validator and the pack if the id is in the template, and if it is dropped. */
  readonly found: readonly string[];
  readonly dropped: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'an instance',
    make: (scope, id) => instance(scope, { HttpTokens: 'optional' }).overrideLogicalId(id),
    found: ['Stack/Instance Imdsv2::TokensRequired'],
    dropped: [],
  },
  {
    name: 'an instance of a nested stack',
    make: (scope, id) => instance(new NestedStack(scope, 'Nested'), { HttpTokens: 'optional' }).overrideLogicalId(id),
    found: ['Stack/Nested/Instance Imdsv2::TokensRequired'],
    dropped: [],
  },
  {
    name: 'a launch template that is named',
    make: (scope, id) => {
      new CfnLaunchTemplate(scope, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'required' } } }).overrideLogicalId(id);
      launching(scope, { Ref: id });
    },
    found: [],
    dropped: ['Stack/Instance Imdsv2::LaunchSourceUnknown'],
  },
  {
    name: 'a launch template that is referred to',
    make: (scope, id) => {
      const template = new CfnLaunchTemplate(scope, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'required' } } });
      template.overrideLogicalId(id);
      launching(scope, template.ref);
    },
    found: [],
    dropped: ['Stack/Instance Imdsv2::LaunchSourceUnknown'],
  },
  {
    name: 'a parameter',
    make: (scope, id) => {
      new CfnParameter(scope, 'Parameter', { allowedValues: ['required'] }).overrideLogicalId(id);
      instance(scope, { HttpTokens: { Ref: id } });
    },
    found: [],
    dropped: ['Stack/Instance Imdsv2::TokensRequired'],
  },
  {
    name: 'a parameter that a stack hands over',
    make: (scope, id) => {
      const nested = new NestedStack(scope, 'Nested', { parameters: { [id]: 'optional' } });
      new CfnParameter(nested, 'Parameter', { default: 'required' }).overrideLogicalId(id);
      instance(nested, { HttpTokens: { Ref: id } });
    },
    found: ['Stack/Nested/Instance Imdsv2::TokensRequired'],
    dropped: ['Stack/Nested/Instance Imdsv2::TokensRequired'],
  },
  {
    name: 'an output of a nested stack',
    make: (scope, id) => {
      const nested = new NestedStack(scope, 'Nested');
      new CfnOutput(nested, 'Output', { value: 'required' }).overrideLogicalId(id);
      instance(scope, { HttpTokens: nested.nestedStackResource!.getAtt(`Outputs.${id}`) });
    },
    found: [],
    dropped: ['Stack/Instance Imdsv2::TokensRequired'],
  },
];

describe.each(CASES)('$name', ({ make, found, dropped }) => {
  test.each(NAMES)('with the logical id %s is the same for validator and pack', id => {
    const { validator, pack } = validated(app => make(new Stack(app, 'Stack'), id));
    expect([validator, pack]).toEqual(id === '__proto__' ? [dropped, dropped] : [found, found]);
  });

  test.each(NAMES)('with the logical id %s does not stop enforcement', id => {
    const { validator, pack } = validated(app => {
      make(new Stack(app, 'Stack'), id);
      Imdsv2.enforce(app);
    });
    expect(pack).toEqual(validator);
    expect(validator.filter(line => line.includes('TokensRequired'))).toEqual([]);
  });
});

test.each(['Fn::Transform', 'Fn::ForEach::Each'])('an instance with the logical id %s is reported as created at deployment', id => {
  const { validator, pack } = validated(app => instance(new Stack(app, 'Stack'), { HttpTokens: 'optional' }).overrideLogicalId(id));
  expect(validator).toContain('Stack Imdsv2::OptionsUnreadable');
  expect(pack).toContain('Stack Imdsv2::OptionsUnreadable');
});

test.each(NAMES)('%s in a template is a normal name', name => {
  const template = JSON.parse(JSON.stringify({
    NAME: {},
    Conditions: { NAME: {} },
    Parameters: { NAME: { Type: 'String', AllowedValues: ['required'] } },
    Resources: { NAME: { Type: 'AWS::EC2::Instance', NAME: 1, Properties: { NAME: 1, MetadataOptions: { HttpTokens: { 'Fn::If': ['NAME', { Ref: 'NAME' }, 'optional'] }, NAME: 1 } } } },
  }).replaceAll('NAME', name)) as unknown;
  const { report } = checkedTemplate(template);
  expect(report.resources.map(({ logicalId, settings: { tokens } }) => [logicalId, tokens?.map(({ value }) => value)])).toEqual([[name, ['required', 'optional']]]);
});

function instance(scope: Construct, options: object): CfnResource {
  return new CfnResource(scope, 'Instance', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: options } });
}

function launching(scope: Construct, id: unknown): void {
  const LaunchTemplate = { LaunchTemplateId: id, Version: '$Latest' };
  new CfnResource(scope, 'Instance', { type: 'AWS::EC2::Instance', properties: { LaunchTemplate } });
}
