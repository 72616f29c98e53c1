import type { Stack } from 'aws-cdk-lib';
import { CfnResource, Lazy } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { FailOn, Imdsv2, RequireImdsv2 } from '../../src';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const OPTION = { Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'DisableIMDSv1', Value: 'true' };

const fail = () => { throw new Error('not for you'); };
const traps = { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail };

/** Properties of a user's class that throw when they are read, although the class renders correctly without them. */
const CASES: readonly [string, (resource: CfnResource) => void][] = [
  ['a getter that throws', resource => Object.defineProperty(resource, 'metadataOptions', { get: fail })],
  ['a proxy that throws', resource => Object.assign(resource, { metadataOptions: new Proxy({}, traps) })],
  ['options whose getter throws', resource => Object.assign(resource, { metadataOptions: Object.defineProperty({}, 'httpTokens', { get: fail, enumerable: true }) })],
  ['options whose tokens are a proxy', resource => Object.assign(resource, { metadataOptions: { httpTokens: new Proxy({}, traps) } })],
  ['a lazy value that throws', resource => Object.assign(resource, { metadataOptions: Lazy.any({ produce: fail }) })],
  ['another property that throws', resource => Object.defineProperty(resource, 'launchTemplate', { get: fail })],
  ['user data that throws', resource => Object.defineProperty(resource, 'userData', { get: fail })],
  ['a proxy for user data', resource => Object.assign(resource, { userData: new Proxy({}, traps), launchTemplate: new Proxy({}, traps) })],
];
const TYPES = ['AWS::EC2::Instance', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::ElasticBeanstalk::Environment'];

describe.each(TYPES)("%s of a user\'s class", type => {
  class Own extends CfnResource {
    public constructor(scope: Stack, id: string) {
      super(scope, id, { type, properties: { ImageId: 'ami-1' } });
    }
  }

  test.each(CASES)('with %s is enforced and checked', (_, change) => {
    const synth = (ask: (stack: Stack) => void) => {
      const stack = scratchStack(scratchApp());
      change(new Own(stack, 'Own'));
      ask(stack);
      return synthesize(stack).template.Resources.Own.Properties;
    };
    const enforced = type.includes('Beanstalk') ? { OptionSettings: [OPTION] } : { MetadataOptions: { HttpTokens: 'required' } };
    expect(synth(stack => Imdsv2.enforce(stack))).toEqual({ ImageId: 'ami-1', ...enforced });
    expect(synth(stack => stack.node.findChild('Own').with(new RequireImdsv2()))).toEqual({ ImageId: 'ami-1', ...enforced });
    expect(synth(stack => Imdsv2.check(stack, { failOn: FailOn.NEVER }))).toEqual({ ImageId: 'ami-1' });
  });
});

describe.each<[string, (stack: Stack) => CfnResource]>([
  ['an instance', stack => new CfnInstance(stack, 'Own', { imageId: 'ami-1', metadataOptions: { httpTokens: 'required' } })],
  ['a launch template', stack => {
    return new CfnLaunchTemplate(stack, 'Own', { launchTemplateData: { imageId: 'ami-1', metadataOptions: { httpTokens: 'required' } } });
  }],
])('%s of a class of CDK that requires tokens', (_, write) => {
  const PROPERTIES = ['metadataOptions', 'launchTemplateData', 'launchTemplate', 'userData', 'imageId'];

  test.each(PROPERTIES)('is visited without an exception, if its property %s throws', property => {
    const stack = scratchStack(scratchApp());
    const [resource, mixin] = [write(stack), new RequireImdsv2()];
    // A group is a reason to look at what launches from what.
    new CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate: { launchTemplateId: resource.ref, version: '1' } });
    Object.defineProperty(resource, property, { get: fail });
    const supported = stack.node.findAll().filter(construct => mixin.supports(construct));
    expect(() => supported.forEach(construct => { mixin.applyTo(construct); })).not.toThrow();
  });
});
