import type { StageProps } from 'aws-cdk-lib';
import { Stage } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct, IConstruct } from 'constructs';
import { CDK_INIT } from '../../scripts/apps/cdk-init';
import { Imdsv2 } from '../../src';
import { scratchApp, scratchStack } from '../harness/scratch-app';

/** A typical stage for a pipeline. Its constructor creates its stacks. */
class Production extends Stage {
  public constructor(scope: Construct, id: string, props: StageProps & { readonly enforce?: (scope: IConstruct) => void } = {}) {
    super(scope, id, props);
    props.enforce?.(this);
    new CfnInstance(scratchStack(this), 'Host', { metadataOptions: { httpTokens: 'optional' } });
  }
}

/** The scopes for Imdsv2.enforce(). */
interface Calls {
  readonly first?: (scope: IConstruct) => void;
  readonly inConstructor?: (scope: IConstruct) => void;
  readonly beforeAddStage?: (scope: IConstruct, stage: Stage) => void;
  readonly last?: (scope: IConstruct) => void;
}

/** An app of `cdk init` with a pipeline. The stage is below the stack of the pipeline, as in the guide of CDK Pipelines, or below the app. */
function pipelineApp(calls: Calls, below: 'stack' | 'app' = 'stack') {
  const app = scratchApp(CDK_INIT.context);
  calls.first?.(app);
  const delivery = scratchStack(app, 'Delivery');
  const input = CodePipelineSource.connection('team/shop', 'main', { connectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/shop' });
  const pipeline = new CodePipeline(delivery, 'Pipeline', { synth: new ShellStep('Synth', { input, commands: ['npx cdk synth'] }) });
  const stage = new Production(below === 'app' ? app : delivery, 'Production', { enforce: calls.inConstructor });
  calls.beforeAddStage?.(app, stage);
  pipeline.addStage(stage);
  calls.last?.(app);
  return { app, stage };
}

const enforce = (scope: IConstruct) => Imdsv2.enforce(scope);

describe.each(['stack', 'app'] as const)('a stage below the %s, which addStage() synthesizes', below => {
  test.each<[string, Calls]>([
    ['in its constructor', { inConstructor: enforce }],
    ['in its constructor, and last on the app', { inConstructor: enforce, last: enforce }],
    ['on it before addStage()', { beforeAddStage: (_, stage) => enforce(stage) }],
    ['on the app before addStage()', { beforeAddStage: enforce }],
    ['on the app before addStage(), and last', { beforeAddStage: enforce, last: enforce }],
  ])('requires tokens if it is enforced %s', (_, calls) => {
    const { app, stage } = pipelineApp(calls, below);
    const assembly = app.synth().getNestedAssembly(stage.artifactId);
    expect(assembly.stacks[0].template.Resources.Host.Properties.MetadataOptions).toEqual({ HttpTokens: 'required' });
  });

  test.each<[string, Calls]>([
    ['before it is created', { first: enforce }],
    ['after addStage()', { last: enforce }],
    ['before it is created and after addStage()', { first: enforce, last: enforce }],
  ])('fails the synthesis with an advice if the app is enforced %s', (_, calls) => {
    const { app, stage } = pipelineApp(calls, below);
    const { path } = stage.node;
    expect(() => app.synth()).toThrow(new Error([
      'Validation failed with the following errors:',
      `  [] Imdsv2.enforce() did not reach '${path}', which was created after the call or synthesized before it, as by addStage() of CDK Pipelines: `
        + `it would change ${path}/Stack/Host`,
      '    call Imdsv2.enforce(this) in the constructor of the stage, or call Imdsv2.enforce(app) after you create the stage and before addStage() '
        + '(https://github.com/cdk-imdsv2/cdk-imdsv2/blob/main/docs/stages.md) [Imdsv2::StageNotEnforced]',
    ].join('\n')));
  });
});

test('a stage of a pipeline is in the assembly for a plain `cdk synth`, which selects no other stages', () => {
  const { app, stage } = pipelineApp({ inConstructor: enforce });
  const other = new Production(app, 'Other', { enforce });
  const assembly = app.synth();
  const marks = [stage, other].map(({ artifactId }) => assembly.getNestedAssembly(artifactId).stacks[0].validateOnSynth);
  expect(marks).toEqual([true, false]);
});
