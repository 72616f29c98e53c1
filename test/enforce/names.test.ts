import { Validations } from 'aws-cdk-lib';
import { Instance, InstanceType, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { Imdsv2, ImdsExemption } from '../../src';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { read } from '../harness/synthesized';

const TOKENS = 'Imdsv2::TokensRequired';
const NAME = 'HostLaunchTemplate';

/** An instance in a stack of its own, to which CDK adds a launch template at synthesis; all of these have one name. */
function host(scope: IConstruct, id: string): Instance {
  const stack = scratchStack(scope as never, id);
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] });
  return new Instance(stack, 'Host', { vpc, instanceType: new InstanceType('t3.micro'), machineImage: MachineImage.genericLinux({}), requireImdsv2: true });
}

describe.each<[string, (construct: IConstruct) => unknown]>([
  ['an exemption', construct => ImdsExemption.of(construct).add({ rule: TOKENS, reason: 'known' })],
  ['an acknowledgement', construct => Validations.of(construct).acknowledge({ id: TOKENS, reason: 'known' })],
])('%s among instances whose launch templates have one name', (_, exempt) => {
  test.each([0, 1, 2])('holds for its own (%d), and the others require tokens', index => {
    const app = scratchApp();
    const hosts = ['First', 'Second', 'Third'].map(id => host(app, id));
    exempt(hosts[index]);
    Imdsv2.enforce(app);
    const assembly = app.synth();
    hosts.forEach(({ stack }, each) => {
      const { Properties } = Object.values(read(assembly, stack).template.Resources).find(({ Type }) => Type === 'AWS::EC2::Instance')!;
      expect(Properties!.LaunchTemplate).toMatchObject({ LaunchTemplateName: NAME });
      expect(Properties!.MetadataOptions).toEqual(each === index ? undefined : { HttpTokens: 'required' });
    });
  });
});
