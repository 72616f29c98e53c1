import { CfnResource } from 'aws-cdk-lib';
import { Imdsv2 } from '../../src';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const WHEN = { 'Fn::If': ['C', { HttpTokens: 'optional' }, { Ref: 'AWS::NoValue' }] };

/** An override of a function's inside of which CDK leaves nothing takes the whole place away, whatever stood there. */
test.each<[string, unknown, object]>([
  ['Fn::If', undefined, WHEN],
  ['Fn::If', {}, WHEN],
  ['Fn::If', undefined, { HttpTokens: 'optional', HttpPutResponseHopLimit: 3 }],
  ['Ref', undefined, { Ref: 'Options' }],
])('enforcement writes where the override %s: %j leaves nothing of %j', (name, value, options) => {
  const stack = scratchStack();
  const template = new CfnResource(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { MetadataOptions: options } } });
  template.addPropertyOverride(`LaunchTemplateData.MetadataOptions.${name}`, value);
  Imdsv2.enforce(stack.node.root);
  expect(synthesize(stack).template.Resources.Template.Properties).toEqual({ LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } });
});
