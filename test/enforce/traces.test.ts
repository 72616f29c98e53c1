import { App, Stack } from 'aws-cdk-lib';
import { CfnEC2Fleet } from 'aws-cdk-lib/aws-ec2';
import { Imdsv2, RequireImdsv2 } from '../../src';

/** The warning of enforcement about a template outside the app. */
function fleet(): CfnEC2Fleet {
  const launchTemplateSpecification = { launchTemplateId: 'lt-0123456789abcdef0', version: '1' };
  return new CfnEC2Fleet(new Stack(new App({ analyticsReporting: false }), 'Stack'), 'Fleet', {
    launchTemplateConfigs: [{ launchTemplateSpecification }],
    targetCapacitySpecification: { totalTargetCapacity: 1 },
  });
}

/** The traces of the warnings on a construct. `undefined` for a warning without one. */
function traces({ node }: CfnEC2Fleet): (string[] | undefined)[] {
  return node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ trace }) => trace);
}

test('a warning of a mixin has a trace to its call', () => {
  const resource = fleet();
  resource.with(new RequireImdsv2());
  expect(traces(resource)).toEqual([expect.arrayContaining([expect.stringContaining('traces.test.ts')])]);
});

test('a warning of enforcement, which CDK calls, has no trace, because that would not lead to the app', () => {
  const resource = fleet();
  Imdsv2.enforce(resource.stack);
  (resource.node.root as App).synth();
  expect(traces(resource)).toEqual([undefined]);
});
