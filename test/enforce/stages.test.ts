import type { Stack } from 'aws-cdk-lib';
import { Aspects, Stage } from 'aws-cdk-lib';
import { CfnEC2Fleet, CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { read } from '../harness/synthesized';

const WEAK = { metadataOptions: { httpTokens: 'optional' } };
const REQUIRED = { metadataOptions: { httpTokens: 'required' } };

function optionsOf(assembly: ReturnType<Stage['synth']>, stack: Stack): unknown {
  return read(assembly, stack).template.Resources.Host.Properties?.MetadataOptions;
}

describe('a stage that is created after Imdsv2.enforce()', () => {
  test('fails the synthesis, with its name and its resources', () => {
    const app = scratchApp();
    Imdsv2.enforce(app);
    const stack = scratchStack(new Stage(app, 'Production'));
    new CfnInstance(stack, 'Weak', WEAK);
    new CfnInstance(stack, 'Unset');
    new CfnInstance(stack, 'Fine', REQUIRED);
    expect(() => app.synth()).toThrow(/'Production'.*it would change Production\/Stack\/Weak, Production\/Stack\/Unset\n {4}call Imdsv2\.enforce\(this\)/);
  });

  test('fails the synthesis with the id of the rule', () => {
    const app = scratchApp();
    Imdsv2.enforce(app);
    new CfnInstance(scratchStack(new Stage(app, 'Production')), 'Weak', WEAK);
    expect(() => app.synth()).toThrow(/Imdsv2::StageNotEnforced/);
  });

  test('fails the synthesis inside an existing stage', () => {
    const app = scratchApp();
    const europe = new Stage(app, 'Europe');
    Imdsv2.enforce(app);
    new CfnInstance(scratchStack(new Stage(europe, 'Production')), 'Host', WEAK);
    expect(() => app.synth()).toThrow(/'Europe\/Production'.*Europe\/Production\/Stack\/Host/);
  });

  test('is reported with the number of resources that are not named', () => {
    const app = scratchApp();
    Imdsv2.enforce(app);
    const stack = scratchStack(new Stage(app, 'Production'));
    for (let index = 0; index < 12; index++) { new CfnInstance(stack, `Host${index}`); }
    expect(() => app.synth()).toThrow(/Host4 and 7 more/);
  });

  test.each([
    ['nothing that launches instances', (stack: Stack) => { new Topic(stack, 'Topic'); }],
    ['only required options', (stack: Stack) => { new CfnInstance(stack, 'Host', REQUIRED); }],
    ['only options that a template decides', (stack: Stack) => {
      new CfnEC2Fleet(stack, 'Fleet', {
        targetCapacitySpecification: { totalTargetCapacity: 1 },
        launchTemplateConfigs: [{ overrides: [{ instanceType: 'm5.large' }] }],
      });
    }],
  ])('is accepted with %s in it', (_, build) => {
    const app = scratchApp();
    Imdsv2.enforce(app);
    build(scratchStack(new Stage(app, 'Production')));
    expect(() => app.synth()).not.toThrow();
  });

  test('is accepted if it is enforced itself', () => {
    const app = scratchApp();
    Imdsv2.enforce(app);
    const stage = new Stage(app, 'Production');
    const stack = scratchStack(stage);
    new CfnInstance(stack, 'Host', WEAK);
    Imdsv2.enforce(stage);
    expect(optionsOf(app.synth(), stack)).toEqual({ HttpTokens: 'required' });
  });

  test('is accepted if it has the aspect', () => {
    const app = scratchApp();
    Imdsv2.enforce(app);
    const stage = new Stage(app, 'Production');
    const stack = scratchStack(stage);
    new CfnInstance(stack, 'Host', WEAK);
    Aspects.of(stage).add(new RequireImdsv2());
    expect(optionsOf(app.synth(), stack)).toEqual({ HttpTokens: 'required' });
  });

  test('is accepted after another call of Imdsv2.enforce()', () => {
    const app = scratchApp();
    Imdsv2.enforce(app);
    const stage = new Stage(app, 'Production');
    const stack = scratchStack(stage);
    new CfnInstance(stack, 'Host', WEAK);
    Imdsv2.enforce(app);
    expect(optionsOf(app.synth(), stack)).toEqual({ HttpTokens: 'required' });
  });
});

describe('a stage that was synthesized before Imdsv2.enforce()', () => {
  test('fails the synthesis', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    new CfnInstance(scratchStack(stage), 'Host', WEAK);
    stage.synth();
    Imdsv2.enforce(app);
    expect(() => app.synth()).toThrow(/'Production'.*synthesized before.*Production\/Stack\/Host/);
  });

  test('is accepted if it was enforced before', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    const stack = scratchStack(stage);
    new CfnInstance(stack, 'Host', WEAK);
    Imdsv2.enforce(stage);
    stage.synth();
    Imdsv2.enforce(app);
    expect(optionsOf(app.synth(), stack)).toEqual({ HttpTokens: 'required' });
  });

  test('is accepted without launches', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    new Topic(scratchStack(stage), 'Topic');
    stage.synth();
    Imdsv2.enforce(app);
    expect(() => app.synth()).not.toThrow();
  });
});
