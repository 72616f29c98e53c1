import { App, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, LegacyStackSynthesizer, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { BlockDeviceVolume, Instance, InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { FailOn, ImageArchitecture, ImdsAccountDefaults, ImdsGuardHook, Imdsv2, RegisteredImage } from '../../../src';

const instanceType = new InstanceType('m7i.large');

const app = new App();

// In a nested stack of a stage, and with every synthesizer.
const nested = new NestedStack(new Stack(new Stage(app, 'Account'), 'Guardrails'), 'Nested');
new ImdsAccountDefaults(nested, 'Defaults');
new ImdsGuardHook(nested, 'Hook', { alias: 'Imdsv2::Guard::Nested' });
const machineImage = new RegisteredImage(nested, 'Image', {
  architecture: ImageArchitecture.X86_64,
  blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot('snap-1234567890abcdef0') }],
});
new Instance(nested, 'Instance', { vpc: new Vpc(nested, 'Vpc', { natGateways: 0 }), instanceType, machineImage });

const synthesizers = {
  Qualified: new DefaultStackSynthesizer({ qualifier: 'guard' }),
  Cli: new CliCredentialsStackSynthesizer(),
  Legacy: new LegacyStackSynthesizer(),
};
for (const [name, synthesizer] of Object.entries(synthesizers)) {
  new ImdsGuardHook(new Stack(app, name, { synthesizer }), 'Hook', { alias: `Imdsv2::Guard::${name}` });
}

Imdsv2.enforce(app);
Imdsv2.check(app, { failOn: FailOn.WARNING });
