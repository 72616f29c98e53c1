import { App, Stack, Stage } from 'aws-cdk-lib';
import { Instance, InstanceType, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct, IConstruct } from 'constructs';
import { FailOn, Imdsv2 } from '../../../src';

/** A typical stage for a pipeline. It can enforce IMDSv2 itself. */
class Shop extends Stage {
  public constructor(scope: Construct, id: string, enforce?: (stage: IConstruct) => void) {
    super(scope, id);
    enforce?.(this);
    const stack = new Stack(this, 'Shop');
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
    new Instance(stack, 'Web', { vpc, instanceType: new InstanceType('m7i.large'), machineImage: MachineImage.latestAmazonLinux2023() });
  }
}

function pipelineIn(stack: Stack): CodePipeline {
  return new CodePipeline(stack, 'Pipeline', {
    synth: new ShellStep('Synth', {
      input: CodePipelineSource.connection('team/shop', 'main', { connectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/shop' }),
      commands: ['npm ci', 'npx cdk synth'],
    }),
  });
}

const app = new App();

// Each stage enforces IMDSv2 itself: one below the stack of the pipeline, one below the app, and two in a wave.
const own = new Stack(app, 'Own');
const ownPipeline = pipelineIn(own);
ownPipeline.addStage(new Shop(own, 'Beta', stage => Imdsv2.enforce(stage)));
ownPipeline.addStage(new Shop(app, 'Gamma', stage => Imdsv2.enforce(stage)));
const wave = ownPipeline.addWave('Production');
for (const region of ['Europe', 'America']) { wave.addStage(new Shop(own, region, stage => Imdsv2.enforce(stage))); }

// All stages are created first, then the app is enforced, and then the stages are added.
const late = new Stack(app, 'Late');
const latePipeline = pipelineIn(late);
const stages = [new Shop(late, 'Beta'), new Shop(app, 'Production')];
Imdsv2.enforce(app);
for (const stage of stages) { latePipeline.addStage(stage); }

// The check must not find a resource that does not require tokens.
Imdsv2.check(app, { failOn: FailOn.WARNING });
