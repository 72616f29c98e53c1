import { CfnResource, Lazy } from 'aws-cdk-lib';
import { DOORS } from '../harness/doors';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

/** Ways in which a user deletes options. */
const DELETIONS: readonly (readonly [string, (resource: CfnResource) => void])[] = [
  ['a deletion', resource => resource.addPropertyDeletionOverride('MetadataOptions')],
  ['null', resource => resource.addPropertyOverride('MetadataOptions', null)],
  ['NoValue', resource => resource.addPropertyOverride('MetadataOptions', { Ref: 'AWS::NoValue' })],
  ['a Lazy of nothing', resource => resource.addPropertyOverride('MetadataOptions', Lazy.any({ produce: () => undefined }))],
  ['a deletion of all properties', resource => resource.addDeletionOverride('Properties')],
];

const OPTIONS: readonly (readonly [string, object])[] = [
  ['an object', { HttpEndpoint: 'disabled' }],
  ['a function', { 'Fn::If': ['C', { HttpEndpoint: 'disabled' }, {}] }],
  ['a function beside other keys', { 'HttpEndpoint': 'disabled', 'Fn::Transform': { Name: 'x' } }],
  ['a list', [{ HttpEndpoint: 'disabled' }]],
  ['a function that CDK merges', { 'Fn::Transform': { Name: 'x' } }],
];

describe.each(DELETIONS)('enforcement does not add options again that were deleted by %s', (_, remove) => {
  test.each(OPTIONS)('%s', (__, MetadataOptions) => {
    const stack = scratchStack();
    const resource = new CfnResource(stack, 'Host', { type: 'AWS::EC2::Instance', properties: { ImageId: 'ami-1', MetadataOptions } });
    remove(resource);
    DOORS.with(stack);
    expect(synthesize(stack).template.Resources.Host.Properties?.MetadataOptions).toEqual({ HttpTokens: 'required' });
  });
});
