import type { StageProps } from 'aws-cdk-lib';
import { App, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, LegacyStackSynthesizer, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { BlockDeviceVolume, Instance, InstanceType, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { FailOn, ImageArchitecture, ImdsAccountDefaults, ImdsGuardHook, Imdsv2, RegisteredImage } from '../../../src';

const instanceType = new InstanceType('m7i.large');

/** CDK Pipelines synthesizes a stage as it is added, so the stage enforces by itself. */
class Production extends Stage {
  public constructor(scope: Construct, id: string, props?: StageProps) {
    super(scope, id, props);
    Imdsv2.enforce(this);
    const stack = new Stack(this, 'Shop');
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
    new Instance(stack, 'Web', { vpc, instanceType, machineImage: MachineImage.latestAmazonLinux2023() });
  }
}

const app = new App();
const pipeline = new CodePipeline(new Stack(app, 'Pipeline'), 'Pipeline', {
  synth: new ShellStep('Synth', {
    input: CodePipelineSource.connection('team/shop', 'main', { connectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/shop' }),
    commands: ['npm ci', 'npx cdk synth'],
  }),
});
pipeline.addStage(new Production(app, 'Production'));

// In a nested stack of a stage, and behind every synthesizer.
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
