import { CfnResource } from 'aws-cdk-lib';
import { Imdsv2 } from '../../src';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const WHEN = { 'Fn::If': ['C', { HttpTokens: 'optional' }, { Ref: 'AWS::NoValue' }] };

/** If an override empties a function, CDK removes the whole value. */
test.each<[string, unknown, object]>([
  ['Fn::If', undefined, WHEN],
  ['Fn::If', {}, WHEN],
  ['Fn::If', undefined, { HttpTokens: 'optional', HttpPutResponseHopLimit: 3 }],
  ['Ref', undefined, { Ref: 'Options' }],
])('enforcement writes where the override %s: %j removes %j', (name, value, options) => {
  const stack = scratchStack();
  const template = new CfnResource(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { MetadataOptions: options } } });
  template.addPropertyOverride(`LaunchTemplateData.MetadataOptions.${name}`, value);
  Imdsv2.enforce(stack.node.root);
  expect(synthesize(stack).template.Resources.Template.Properties).toEqual({ LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } });
});
