import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Fn, Lazy } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { ContainerHost, ImdsExemption, Imdsv2 } from '../../src';
import { PlainEnforcement } from '../../src/enforce/plain-enforcement';
import * as plainFill from '../../src/enforce/plain-fill';
import { pairs } from '../harness/pairs';
import { scratchStack } from '../harness/scratch-app';
import type { Synthesized } from '../harness/synthesized';
import { synthesize } from '../harness/synthesized';

/** User data, images and options, each in the forms that the short way accepts, and in forms that only the long way reads. */
const USER_DATA: { readonly [form: string]: () => string | undefined } = {
  'none': () => undefined,
  'a text': () => Fn.base64('echo hello'),
  'a Lazy': () => Lazy.string({ produce: () => Fn.base64('echo hello') }),
  'a Lazy without a value': () => Lazy.string({ produce: () => undefined }),
  'an ECS agent': () => Fn.base64('echo ECS_CLUSTER=a >> /etc/ecs/ecs.config'),
  'a call of IMDSv1': () => Fn.base64('curl http://169.254.169.254/latest/meta-data/'),
  'an unknown text': () => Fn.base64(Fn.join('', ['echo ', Fn.ref('AWS::Region')])),
};
const IMAGES: { readonly [form: string]: (stack: Stack) => string | undefined } = {
  'none': () => undefined,
  'an id': () => 'ami-0123456789abcdef0',
  'a parameter': stack => imageIn(stack, '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'),
  'a dynamic reference for ECS': () => '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}',
  'a parameter for ECS': stack => imageIn(stack, '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id'),
};
const OPTIONS: { readonly [form: string]: () => CfnInstance.MetadataOptionsProperty | undefined } = {
  'none': () => undefined,
  'required': () => ({ httpTokens: 'required' }),
  'optional': () => ({ httpTokens: 'optional' }),
  'required, and a hop limit': () => ({ httpTokens: 'required', httpPutResponseHopLimit: 1 }),
  'a Lazy': () => ({ httpTokens: Lazy.string({ produce: () => 'required' }) }),
};

/** What stands around a launch template with the texts and the options. */
const AROUND: { readonly [name: string]: (stack: Stack, template: CfnLaunchTemplate) => void } = {
  'nothing': () => undefined,
  'an instance': instance,
  'an instance with its own texts': (stack, template) => instance(stack, template, { userData: Fn.base64('echo'), imageId: 'ami-1' }),
  'an instance by name': (stack, template) => {
    template.launchTemplateName = 'shared';
    new CfnInstance(stack, 'Instance', { launchTemplate: { launchTemplateName: 'shared', version: '$Latest' } });
  },
  'a group': group,
  'a declaration of containers': (_, template) => { template.with(new ContainerHost()); },
  'a group with containers': (stack, template) => group(stack, template).with(new ContainerHost()),
  'an instance without containers': (stack, template) => instance(stack, template).with(ContainerHost.no()),
  'Init metadata': (_, template) => {
    template.addOverride('Metadata', { 'AWS::CloudFormation::Init': { config: { commands: { run: { command: 'docker run web' } } } } });
  },
  'an exemption, and an instance': (stack, template) => {
    instance(stack, template);
    exempt(template);
  },
  'an instance with an exemption': (stack, template) => exempt(instance(stack, template)),
};

const ROWS = pairs(
  Object.keys(USER_DATA).flatMap(userData => Object.keys(IMAGES).flatMap(image => Object.keys(OPTIONS).flatMap(options =>
    Object.keys(AROUND).map(around => [userData, image, options, around] as const)))),
  row => row,
);

// CDK prints what its validation finds.
beforeEach(() => { jest.spyOn(console, 'error').mockImplementation(); });

afterEach(() => { jest.restoreAllMocks(); });

test.each(ROWS)('the short way writes and reports the same as the long way: user data: %s; image: %s; options: %s; around it: %s', (...row) => {
  const short = enforced(...row);
  jest.spyOn(PlainEnforcement.prototype, 'isAlone').mockReturnValue(false);
  jest.spyOn(PlainEnforcement.prototype, 'isDone').mockReturnValue(false);
  jest.spyOn(plainFill, 'fillPlainly').mockReturnValue(undefined);
  expect(short).toEqual(enforced(...row));
});

test('the short way is taken by a launch template, by an instance that launches from it, and by one alone', () => {
  const [filled, alone, done] = [
    jest.spyOn(plainFill, 'fillPlainly'), jest.spyOn(PlainEnforcement.prototype, 'isAlone'), jest.spyOn(PlainEnforcement.prototype, 'isDone'),
  ].map(({ mock }) => mock.results);
  enforced('a text', 'an id', 'none', 'an instance');
  expect(filled.map(({ value }) => value !== undefined)).toEqual([true, true, true]);
  expect(alone.map(({ value }) => value as boolean)).toEqual([false, false, true]);
  expect(done.map(({ value }) => value as boolean)).toEqual([true, true]);
});

function enforced(userData: string, image: string, options: string, around: string): Synthesized {
  const stack = scratchStack();
  const texts = { userData: USER_DATA[userData](), imageId: IMAGES[image](stack) };
  AROUND[around](stack, new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { ...texts, metadataOptions: OPTIONS[options]() } }));
  new CfnInstance(stack, 'Alone', { ...texts, metadataOptions: OPTIONS[options]() });
  Imdsv2.enforce(stack);
  return synthesize(stack);
}

function imageIn(stack: Stack, name: string): string {
  return new CfnParameter(stack, 'Image', { type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', default: name }).valueAsString;
}

function instance(stack: Stack, template: CfnLaunchTemplate, more: object = {}): CfnInstance {
  return new CfnInstance(stack, 'Instance', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber }, ...more });
}

function group(stack: Stack, template: CfnLaunchTemplate): CfnAutoScalingGroup {
  const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
  return new CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate });
}

function exempt(resource: CfnInstance | CfnLaunchTemplate): void {
  ImdsExemption.of(resource).add({ rule: 'Imdsv2::TokensRequired', reason: 'it runs software that needs IMDSv1' });
}
