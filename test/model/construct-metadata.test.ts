import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { isMetadataOn, metadataOf } from '../../src/model/construct-metadata';

test('the metadata of a construct is the same as in constructs, including later metadata', () => {
  const stack = new Stack(new App(), 'Stack');
  expect(metadataOf(stack)).toEqual(stack.node.metadata);
  stack.node.addMetadata('one', 1);
  expect(metadataOf(stack)).toEqual(stack.node.metadata);
  stack.node.addMetadata('two', 2);
  expect(metadataOf(stack).map(({ type, data }) => [type, data])).toEqual(stack.node.metadata.map(({ type, data }) => [type, data]));
  expect(metadataOf(stack)).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'two', data: 2 })]));
});

test('the list behind it is where it is expected', () => {
  const stack = new Stack(new App(), 'Stack');
  stack.node.addMetadata('one', 1);
  expect(metadataOf(stack)).toBe(metadataOf(stack));
});

test('if constructs stores it elsewhere, the public list is used', () => {
  const metadata = [{ type: 'one', data: 1 }];
  expect(metadataOf({ node: { metadata } } as unknown as Stack)).toBe(metadata);
});

test('metadata of a type is found only on the construct that has it', () => {
  const app = new App();
  const [one, other] = ['One', 'Other'].map(id => new Stack(app, id));
  const inner = new CfnResource(one, 'Inner', { type: 'AWS::SNS::Topic' });
  const seen = () => [inner, one, other, app].map(construct => isMetadataOn(construct, 'one'));
  inner.node.addMetadata('two', 2);
  expect(seen()).toEqual([false, false, false, false]);
  one.node.addMetadata('one', 1);
  expect(seen()).toEqual([false, true, false, false]);
});
