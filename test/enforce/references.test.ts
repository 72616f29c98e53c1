import type { Stack } from 'aws-cdk-lib';
import { Aspects, CfnParameter, Fn, Lazy, Token } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnEnvironment } from 'aws-cdk-lib/aws-elasticbeanstalk';
import { CfnSecurityConfiguration } from 'aws-cdk-lib/aws-emr';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { twoStacks } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const IMPORTED = { 'Fn::ImportValue': expect.any(String) };

const propertiesOf = (stack: Stack, id: string) => synthesize(stack).template.Resources[id].Properties;

const reportsOn = (stack: Stack) => synthesize(stack).reports.filter(({ at }) => at === 'Stack/Subject').map(({ id }) => id);

function environment(other: Stack, stack: Stack): CfnEnvironment {
  const bucket = new CfnBucket(other, 'Bucket');
  return new CfnEnvironment(stack, 'Subject', {
    applicationName: 'shop',
    optionSettings: [{ namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'BUCKET', value: bucket.ref }],
  });
}

describe('a reference to another stack beside a value that an override hides', () => {
  test('stays a reference in a list of options', () => {
    const { other, stack } = twoStacks();
    environment(other, stack).addPropertyOverride('OptionSettings.1', { Namespace: 'shop', OptionName: 'COLOUR', Value: 'red' });
    Imdsv2.enforce(stack);
    expect(propertiesOf(stack, 'Subject')?.OptionSettings).toEqual([
      expect.objectContaining({ Value: IMPORTED }),
      { Namespace: 'shop', OptionName: 'COLOUR', Value: 'red' },
      { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' },
    ]);
  });

  test('stays a reference in a JSON document', () => {
    const { other, stack } = twoStacks();
    const hops = new CfnParameter(other, 'Hops', { type: 'Number' });
    const configuration = new CfnSecurityConfiguration(stack, 'Subject', {
      securityConfiguration: {
        InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: hops.valueAsNumber },
      },
    });
    configuration.addPropertyOverride('SecurityConfiguration.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion', 1);
    Imdsv2.enforce(stack);
    expect(propertiesOf(stack, 'Subject')?.SecurityConfiguration).toEqual({
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: IMPORTED },
    });
  });

  test('works with options that are added later', () => {
    const { other, stack } = twoStacks();
    const subject = environment(other, stack);
    subject.addPropertyOverride('OptionSettings.1.Value', 'ignored');
    subject.with(new RequireImdsv2());
    (subject.optionSettings as object[])[0] = { namespace: 'shop', optionName: 'COLOUR', value: Lazy.string({ produce: () => 'blue' }) };
    expect(propertiesOf(stack, 'Subject')?.OptionSettings).toEqual(expect.arrayContaining([{ Namespace: 'shop', OptionName: 'COLOUR', Value: 'blue' }]));
  });
});

describe('a parameter of another stack', () => {
  test.each<[string, (stack: Stack) => void]>([
    ['Imdsv2.enforce()', stack => Imdsv2.enforce(stack)],
    ['the aspect', stack => Aspects.of(stack).add(new RequireImdsv2())],
  ])('is not confused with one of the same name in this stack: %s', (_, enforce) => {
    const { other, stack } = twoStacks();
    const tokens = new CfnParameter(other, 'Tokens', { allowedValues: ['optional'] });
    new CfnParameter(stack, 'Tokens', { allowedValues: ['required'] });
    new CfnInstance(stack, 'Subject', { metadataOptions: { httpTokens: tokens.valueAsString } });
    enforce(stack);
    expect(propertiesOf(stack, 'Subject')).toEqual({ MetadataOptions: { HttpTokens: 'required' } });
  });
});

describe('a follower of a template in another stack', () => {
  const template = (stack: Stack, httpTokens: string) => new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens } } });

  test('by an override is not announced for a template of the same name in this stack', () => {
    const { other, stack } = twoStacks();
    const followed = template(other, 'required');
    template(stack, 'optional');
    new CfnInstance(stack, 'Subject').addPropertyOverride('LaunchTemplate', { LaunchTemplateId: followed.ref, Version: followed.attrLatestVersionNumber });
    Imdsv2.enforce(stack.node.root);
    expect(reportsOn(stack)).toEqual([]);
  });

  test.each<[string, (launcher: CfnInstance, followed: CfnLaunchTemplate) => void]>([
    ['by override', (launcher, { ref, attrLatestVersionNumber }) =>
      launcher.addPropertyOverride('LaunchTemplate', { LaunchTemplateId: ref, Version: attrLatestVersionNumber })],
    ['under a condition', (launcher, { ref, attrLatestVersionNumber }) => {
      launcher.launchTemplate = { launchTemplateId: ref, version: Token.asString(Fn.conditionIf('C', attrLatestVersionNumber, '1')) };
    }],
  ])('%s is announced', (_, follow) => {
    const { other, stack } = twoStacks();
    follow(new CfnInstance(stack, 'Subject'), template(other, 'optional'));
    Imdsv2.enforce(stack.node.root);
    expect(reportsOn(stack)).toEqual(['Imdsv2::ReplacesFollower']);
  });
});
