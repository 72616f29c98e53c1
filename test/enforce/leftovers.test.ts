import { Aspects, Stack } from 'aws-cdk-lib';
import { CfnInstance, CfnSpotFleet } from 'aws-cdk-lib/aws-ec2';
import { CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { Construct } from 'constructs';
import { Imdsv2 } from '../../src';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

test('a scope that was removed from the tree is ignored', () => {
  const stack = scratchStack();
  const scope = new Construct(stack, 'Scope');
  new CfnInstance(scope, 'Host');
  Imdsv2.enforce(scope);
  stack.node.tryRemoveChild('Scope');
  expect(synthesize(stack).template.Resources).toBeUndefined();
});

test('an enforced resource that is weakened afterwards fails the synthesis', () => {
  const stack = scratchStack();
  const host = new CfnInstance(stack, 'Host');
  Imdsv2.enforce(host);
  Aspects.of(host).add({ visit: () => { host.metadataOptions = { httpTokens: 'optional' }; } }, { priority: 1500 });
  expect(() => synthesize(stack)).toThrow(/Stack\/Host.*Imdsv2::ChangedAfterEnforcement/s);
});

test('a spot fleet with an empty list of specifications has no launches', () => {
  const stack = scratchStack();
  new CfnSpotFleet(stack, 'Fleet', { spotFleetRequestConfigData: { iamFleetRole: 'arn', targetCapacity: 1, launchSpecifications: [] } });
  Imdsv2.enforce(stack);
  expect(synthesize(stack).reports).toEqual([]);
});

test('many conditional options are written once each', () => {
  const stack = scratchStack();
  const off = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'false' };
  const pairs = Array.from({ length: 20 }, (_, n) => ({ 'Fn::If': [`A${n}`, { 'Fn::If': [`B${n}`, off, { Ref: 'AWS::NoValue' }] }, { Ref: 'AWS::NoValue' }] }));
  new CfnEnvironment(stack, 'Shop', { applicationName: 'shop' }).addPropertyOverride('OptionSettings', pairs);
  Imdsv2.enforce(Stack.of(stack));
  const options = JSON.stringify(synthesize(stack).template.Resources.Shop.Properties?.OptionSettings);
  expect(options.match(/DisableIMDSv1/g)).toHaveLength(1);
  expect(options).toContain(JSON.stringify({ ...off, Value: 'true' }));
});
