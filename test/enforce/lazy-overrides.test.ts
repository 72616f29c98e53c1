import { Lazy } from 'aws-cdk-lib';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { RequireImdsv2Props } from '../../src';
import { Imdsv2 } from '../../src';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

type Options = CfnLaunchTemplate.MetadataOptionsProperty;

/** The enforced options of a launch template with a lazy override of its data. */
function optionsOf(metadataOptions: Options, override: object, props: RequireImdsv2Props): unknown {
  const stack = scratchStack();
  const template = new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions } });
  template.addPropertyOverride('LaunchTemplateData', Lazy.any({ produce: () => override }));
  Imdsv2.enforce(stack.node.root, props);
  const { LaunchTemplateData } = synthesize(stack).template.Resources.Template.Properties as { LaunchTemplateData: { MetadataOptions: unknown } };
  return LaunchTemplateData.MetadataOptions;
}

test.each<[Options, object, RequireImdsv2Props, object]>([
  [{ httpPutResponseHopLimit: 1 }, { ImageId: 'x' }, { httpPutResponseHopLimit: 2 }, { HttpPutResponseHopLimit: 1, HttpTokens: 'required' }],
  [{ httpEndpoint: 'disabled' }, { ImageId: 'x' }, { httpEndpoint: true }, { HttpEndpoint: 'disabled', HttpTokens: 'required' }],
  [{ httpEndpoint: 'disabled' }, { MetadataOptions: { HttpTokens: 'optional' } }, { httpEndpoint: true }, { HttpEndpoint: 'disabled', HttpTokens: 'required' }],
  [{}, { ImageId: 'x' }, { httpEndpoint: true }, { HttpEndpoint: 'enabled', HttpTokens: 'required' }],
])('%j below the lazy override %j, with %j, is %j', (below, override, props, expected) => {
  expect(optionsOf(below, override, props)).toEqual(expected);
});
