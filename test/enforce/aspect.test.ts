import type { IAspect, Stack } from 'aws-cdk-lib';
import { AspectPriority, Aspects, CfnResource, Tags } from 'aws-cdk-lib';
import { CfnInstance, CfnLaunchTemplate, Instance, InstanceType, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { reportedIds, synthesize } from '../harness/synthesized';

/** An aspect of the user, which does something with every construct. */
function aspect(visit: (node: IConstruct) => void): IAspect {
  return { visit };
}

/** An aspect that does something once, when it visits a certain construct. */
function onceAt(id: string, act: (node: IConstruct) => void): IAspect {
  let isDone = false;
  return aspect(node => {
    if (node.node.id !== id || isDone) { return; }
    isDone = true;
    act(node);
  });
}

const weaken = aspect(node => {
  if (node instanceof CfnInstance) { node.metadataOptions = { httpTokens: 'optional' }; }
});
const weakenByOverride = aspect(node => {
  if (node instanceof CfnInstance) { node.addPropertyOverride('MetadataOptions.HttpTokens', 'optional'); }
});

const required = { HttpTokens: 'required' };
const optionsOf = (stack: Stack, id: string) => synthesize(stack).template.Resources[id].Properties?.MetadataOptions;

/** The metadata options of the host, or the error of the synthesis. A weak host without an error would be wrong. */
function optionsOrFailure(stack: Stack): unknown {
  try {
    return optionsOf(stack, 'Host');
  } catch (error) {
    return (error as Error).message;
  }
}
const requiredOrRefused = [expect.stringContaining('Stack/Host'), required];

describe.each([true, false])('with aspectStabilization %s', isStable => {
  const stackWith = () => scratchStack(scratchApp({ '@aws-cdk/core:aspectStabilization': isStable }));

  test.each([0, 10, AspectPriority.MUTATING, AspectPriority.DEFAULT, AspectPriority.READONLY])('the aspect works at priority %s', priority => {
    const stack = stackWith();
    new CfnInstance(stack, 'Host', { metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 2 } });
    Aspects.of(stack).add(new RequireImdsv2(), { priority });
    expect(optionsOf(stack, 'Host')).toEqual({ ...required, HttpPutResponseHopLimit: 2 });
  });

  test('the aspect works at two priorities at once', () => {
    const stack = stackWith();
    new CfnInstance(stack, 'Host');
    Aspects.of(stack).add(new RequireImdsv2(), { priority: 10 });
    Aspects.of(stack.node.root).add(new RequireImdsv2(), { priority: AspectPriority.READONLY });
    expect(optionsOf(stack, 'Host')).toEqual(required);
  });

  test.each([
    ['a typed property', weaken],
    ['an override', weakenByOverride],
  ])('Imdsv2.enforce() corrects a later aspect that sets %s', (_, weakening) => {
    const stack = stackWith();
    new CfnInstance(stack, 'Host');
    Imdsv2.enforce(stack);
    Aspects.of(stack).add(weakening);
    Aspects.of(stack.node.children[0]).add(weakening, { priority: AspectPriority.READONLY - 2 });
    expect(optionsOf(stack, 'Host')).toEqual(required);
  });

  test('a read-only aspect sees the typed value', () => {
    const stack = stackWith();
    new CfnInstance(stack, 'Host', { metadataOptions: { httpEndpoint: 'enabled' } });
    new CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId: 'ami-1' } });
    new LaunchTemplate(stack, 'Level2');
    const seen: { [path: string]: unknown } = {};
    Imdsv2.enforce(stack);
    Aspects.of(stack).add(aspect(node => {
      if (node instanceof CfnInstance) { seen[node.node.path] = stack.resolve(node.metadataOptions); }
      if (node instanceof CfnLaunchTemplate) {
        const { metadataOptions } = stack.resolve(node.launchTemplateData) as { readonly metadataOptions: unknown };
        seen[node.node.path] = metadataOptions;
      }
    }), { priority: AspectPriority.READONLY });
    synthesize(stack);
    expect(seen).toEqual({
      'Stack/Host': { httpEndpoint: 'enabled', httpTokens: 'required' },
      'Stack/Template': { httpTokens: 'required' },
      'Stack/Level2/Resource': { httpTokens: 'required' },
    });
  });

  test('an aspect with the default priority sees the typed value, too', () => {
    const stack = stackWith();
    const host = new CfnInstance(stack, 'Host');
    let seen: unknown;
    Imdsv2.enforce(stack);
    Aspects.of(stack).add(onceAt('Host', () => { seen = stack.resolve(host.metadataOptions); }));
    synthesize(stack);
    expect(seen).toEqual({ httpTokens: 'required' });
  });

  test('a resource that an aspect adds below itself requires tokens', () => {
    const stack = stackWith();
    new Topic(stack, 'Topic');
    Imdsv2.enforce(stack);
    Aspects.of(stack).add(onceAt('Topic', topic => { new CfnInstance(topic, 'Host').overrideLogicalId('Host'); }));
    expect(optionsOf(stack, 'Host')).toEqual(required);
  });

  test('a resource that an aspect adds to a visited stack requires tokens, or fails the synthesis', () => {
    const stack = stackWith();
    new Topic(stack, 'Topic');
    Imdsv2.enforce(stack);
    Aspects.of(stack).add(onceAt('Topic', () => { new CfnInstance(stack, 'Host', { metadataOptions: { httpTokens: 'optional' } }); }));
    expect(requiredOrRefused).toContainEqual(optionsOrFailure(stack));
  });

  test('a visited resource that an aspect weakens requires tokens, or fails the synthesis', () => {
    const stack = stackWith();
    const host = new CfnInstance(stack, 'Host');
    new Topic(stack, 'Topic');
    Imdsv2.enforce(stack);
    Aspects.of(stack).add(onceAt('Topic', () => { host.metadataOptions = { httpTokens: 'optional' }; }));
    expect(requiredOrRefused).toContainEqual(optionsOrFailure(stack));
  });

  test('the launch template of an L2 instance, which an aspect of the L2 creates, requires tokens', () => {
    const stack = stackWith();
    const vpc = new Vpc(stack, 'Vpc', { natGateways: 0 });
    new Instance(stack, 'Host', {
      vpc, instanceType: new InstanceType('m5.large'), machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }), requireImdsv2: true,
    });
    Imdsv2.enforce(stack);
    const templates = Object.values(synthesize(stack).template.Resources).filter(({ Type }) => Type === 'AWS::EC2::LaunchTemplate');
    expect(templates.map(({ Properties }) => Properties?.LaunchTemplateData)).toEqual([expect.objectContaining({ MetadataOptions: required })]);
  });

  test('tags of a later aspect stay', () => {
    const stack = stackWith();
    new CfnInstance(stack, 'Host');
    stack.with(new RequireImdsv2());
    Imdsv2.enforce(stack);
    Tags.of(stack).add('team', 'web', { priority: AspectPriority.READONLY - 2 });
    expect(synthesize(stack).template.Resources.Host.Properties).toEqual({ MetadataOptions: required, Tags: [{ Key: 'team', Value: 'web' }] });
  });

  test('a fault that a later aspect fixes is not reported', () => {
    const stack = stackWith();
    const host = new CfnResource(stack, 'Host', { type: 'AWS::EC2::Instance', properties: { MetadataOptions: 'optional' } });
    Imdsv2.enforce(stack);
    Aspects.of(stack).add(onceAt('Host', () => { host.addPropertyOverride('MetadataOptions', { HttpEndpoint: 'enabled' }); }));
    const { template, reports } = synthesize(stack);
    expect(template.Resources.Host.Properties?.MetadataOptions).toEqual({ ...required, HttpEndpoint: 'enabled' });
    expect(reportedIds(reports)).toEqual([]);
  });

  test('a second synthesis changes nothing', () => {
    const app = scratchApp({ '@aws-cdk/core:aspectStabilization': isStable });
    const stack = scratchStack(app);
    new CfnInstance(stack, 'Host');
    Imdsv2.enforce(app);
    const once = synthesize(stack);
    app.synth({ force: true });
    expect(synthesize(stack)).toEqual(once);
  });
});
