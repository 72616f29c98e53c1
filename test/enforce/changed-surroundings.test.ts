import type { IAspect, Stack } from 'aws-cdk-lib';
import { AspectPriority, Aspects, CfnResource } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { RequireImdsv2Props } from '../../src';
import { Imdsv2 } from '../../src';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const CHANGED = /an aspect changed what Stack\/Template is used for.*\(https:.*docs\/warnings\.md\) \[Imdsv2::ChangedAfterEnforcement\]/s;
const STABILIZED = { '@aws-cdk/core:aspectStabilization': true };

/** A group that launches from a template, and an aspect that changes something when it visits the group, after the template. */
function synth(context: object, props: RequireImdsv2Props, priority: number, act: (group: CfnAutoScalingGroup, stack: Stack) => void): unknown {
  const stack = scratchStack(scratchApp({ ...context }));
  const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
  const group = new CfnAutoScalingGroup(stack, 'Group', {
    minSize: '1', maxSize: '1', launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
  });
  let isDone = false;
  const aspect: IAspect = {
    visit: node => {
      if (node === group && !isDone) {
        isDone = true;
        act(group, stack);
      }
    },
  };
  Aspects.of(stack).add(aspect, { priority });
  Imdsv2.enforce(stack, props);
  return synthesize(stack).template.Resources.Template.Properties;
}

const addNodes = (_: CfnAutoScalingGroup, stack: Stack) => {
  const LaunchTemplate = { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };
  new CfnResource(stack, 'Nodes', { type: 'AWS::EKS::Nodegroup', properties: { LaunchTemplate } });
};
const addTag = (group: CfnAutoScalingGroup) => group.addPropertyOverride('Tags', [{ Key: 'cost center', Value: '1', PropagateAtLaunch: true }]);

describe.each([['without', {}], ['with', STABILIZED]])('%s aspect stabilization', (_, context) => {
  test.each([['at its own priority', 100], ['after the last pass', AspectPriority.READONLY]])('a node group that an aspect adds %s does not keep a low hop limit', (__, priority) => {
    expect(() => synth(context, { httpPutResponseHopLimit: 1 }, priority, addNodes)).toThrow(CHANGED);
    expect(() => synth(context, {}, priority, addNodes)).toThrow(CHANGED);
  });

  test('a tag from an aspect that would make the launch fail also fails the synthesis', () => {
    expect(() => synth(context, { instanceMetadataTags: true }, AspectPriority.READONLY, addTag)).toThrow(CHANGED);
  });

  test('a tag is accepted if tags are not in the metadata', () => {
    expect(synth(context, {}, AspectPriority.READONLY, addTag)).toEqual({ LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } });
  });
});
