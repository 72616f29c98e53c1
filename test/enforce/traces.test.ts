import { App, Stack } from 'aws-cdk-lib';
import { CfnEC2Fleet } from 'aws-cdk-lib/aws-ec2';
import { Imdsv2, RequireImdsv2 } from '../../src';

/** What enforcement warns of: it cannot see what is left to a template outside of the app. */
function fleet(): CfnEC2Fleet {
  const launchTemplateSpecification = { launchTemplateId: 'lt-0123456789abcdef0', version: '1' };
  return new CfnEC2Fleet(new Stack(new App({ analyticsReporting: false }), 'Stack'), 'Fleet', {
    launchTemplateConfigs: [{ launchTemplateSpecification }],
    targetCapacitySpecification: { totalTargetCapacity: 1 },
  });
}

/** The traces of the warnings on a construct; `undefined` for one without. */
function traces({ node }: CfnEC2Fleet): (string[] | undefined)[] {
  return node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ trace }) => trace);
}

test('a warning of a mixin says from where it was called', () => {
  const resource = fleet();
  resource.with(new RequireImdsv2());
  expect(traces(resource)).toEqual([expect.arrayContaining([expect.stringContaining('traces.test.ts')])]);
});

test('a warning of enforcement, which CDK calls, has no trace: it would say nothing of the app', () => {
  const resource = fleet();
  Imdsv2.enforce(resource.stack);
  (resource.node.root as App).synth();
  expect(traces(resource)).toEqual([undefined]);
});
