import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { App } from 'aws-cdk-lib';
import { NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnInstance, LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { ONCE } from '../harness/doors';
import { SCRATCH, scratchApp, scratchStack } from '../harness/scratch-app';
import type { Template } from '../harness/synthesized';
import { read } from '../harness/synthesized';

const REQUIRED = { HttpTokens: 'required' };

/** The metadata options of each instance in a template, by logical id. */
function optionsIn({ Resources }: Template): { [id: string]: unknown } {
  const instances = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::EC2::Instance');
  return Object.fromEntries(instances.map(([id, { Properties }]) => [id, Properties?.MetadataOptions]));
}

/** The template of a nested stack in the cloud assembly. */
function nestedTemplate(directory: string, stack: NestedStack): Template {
  return JSON.parse(readFileSync(join(directory, stack.templateFile), 'utf8')) as Template;
}

describe.each(ONCE)('by %s', (_, door) => {
  test('a resource far below the scope', () => {
    const stack = scratchStack();
    new CfnInstance(new Construct(new Construct(stack, 'Far'), 'Below'), 'Host');
    door(stack);
    const { template } = read((stack.node.root as App).synth(), stack);
    expect(Object.values(optionsIn(template))).toEqual([REQUIRED]);
  });

  test('nested stacks, and nested stacks in them', () => {
    const app = scratchApp();
    const stack = scratchStack(app);
    const outer = new NestedStack(stack, 'Outer');
    const inner = new NestedStack(outer, 'Inner');
    new CfnInstance(outer, 'Host');
    new CfnInstance(inner, 'Host', { metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 2 } });
    door(stack);
    const { directory } = app.synth();
    expect(optionsIn(nestedTemplate(directory, outer))).toEqual({ Host: REQUIRED });
    expect(optionsIn(nestedTemplate(directory, inner))).toEqual({ Host: { ...REQUIRED, HttpPutResponseHopLimit: 2 } });
  });

  test('nested stacks that CfnInclude loads', () => {
    const instance = { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', MetadataOptions: { HttpTokens: 'optional' } } };
    writeFileSync(join(SCRATCH, 'child.json'), JSON.stringify({ Resources: { Host: instance } }));
    writeFileSync(join(SCRATCH, 'parent.json'), JSON.stringify({
      Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/child.json' } }, Host: instance },
    }));
    const app = scratchApp();
    const stack = scratchStack(app);
    const included = new CfnInclude(stack, 'Included', {
      templateFile: join(SCRATCH, 'parent.json'),
      loadNestedStacks: { Child: { templateFile: join(SCRATCH, 'child.json') } },
    });
    door(stack);
    const assembly = app.synth();
    expect(optionsIn(read(assembly, stack).template)).toEqual({ Host: REQUIRED });
    expect(optionsIn(nestedTemplate(assembly.directory, included.getNestedStack('Child').stack))).toEqual({ Host: REQUIRED });
  });

  test('a stack, but not its neighbour', () => {
    const app = scratchApp();
    const [stack, neighbour] = ['Stack', 'Neighbour'].map(id => scratchStack(app, id));
    [stack, neighbour].forEach(scope => new CfnInstance(scope, 'Host'));
    door(stack);
    const assembly = app.synth();
    expect(optionsIn(read(assembly, stack).template)).toEqual({ Host: REQUIRED });
    expect(optionsIn(read(assembly, neighbour).template)).toEqual({ Host: undefined });
  });

  test('a resource', () => {
    const stack = scratchStack();
    door(new CfnInstance(stack, 'Host'));
    new CfnInstance(stack, 'Neighbour');
    expect(optionsIn(read((stack.node.root as App).synth(), stack).template)).toEqual({ Host: REQUIRED, Neighbour: undefined });
  });

  test('a stage', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    const stack = scratchStack(stage);
    new CfnInstance(stack, 'Host');
    door(stage);
    expect(optionsIn(read(app.synth(), stack).template)).toEqual({ Host: REQUIRED });
  });
});

describe('Imdsv2.enforce() on an app', () => {
  test('reaches stages, stages in stages, and nested stacks in them', () => {
    const app = scratchApp();
    const europe = new Stage(app, 'Europe');
    const production = new Stage(new Construct(europe, 'Group'), 'Production');
    const stacks = [app, europe, production].map(scope => scratchStack(scope));
    stacks.forEach(stack => new CfnInstance(stack, 'Host'));
    const nested = new NestedStack(stacks[2], 'Nested');
    new CfnInstance(nested, 'Host');
    Imdsv2.enforce(app);
    const assembly = app.synth();
    expect(stacks.map(stack => optionsIn(read(assembly, stack).template))).toEqual([{ Host: REQUIRED }, { Host: REQUIRED }, { Host: REQUIRED }]);
    expect(optionsIn(nestedTemplate(Stage.of(nested)!.synth().directory, nested))).toEqual({ Host: REQUIRED });
  });

  test('passes the props on to every stage', () => {
    const app = scratchApp();
    const stack = scratchStack(new Stage(app, 'Production'));
    new CfnInstance(stack, 'Host');
    Imdsv2.enforce(app, { httpPutResponseHopLimit: 2 });
    expect(optionsIn(read(app.synth(), stack).template)).toEqual({ Host: { ...REQUIRED, HttpPutResponseHopLimit: 2 } });
  });

  test('reaches a stack that a stage synthesizes itself', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    const stack = scratchStack(stage);
    new CfnInstance(stack, 'Host');
    Imdsv2.enforce(app);
    expect(optionsIn(read(stage.synth(), stack).template)).toEqual({ Host: REQUIRED });
    app.synth();
  });

  test('reaches constructs that are added to an existing stage later', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    Imdsv2.enforce(app);
    const stack = scratchStack(stage);
    new CfnInstance(stack, 'Host');
    expect(optionsIn(read(app.synth(), stack).template)).toEqual({ Host: REQUIRED });
  });
});

test('the mixin also reaches stages at once', () => {
  const app = scratchApp();
  const stack = scratchStack(new Stage(app, 'Production'));
  new CfnInstance(stack, 'Host');
  app.with(new RequireImdsv2());
  expect(optionsIn(read(app.synth(), stack).template)).toEqual({ Host: REQUIRED });
});

test('a tree without a stack or an app is not changed', () => {
  const root = new Construct(undefined as never, '');
  new Construct(root, 'Child');
  expect(() => root.with(new RequireImdsv2())).not.toThrow();
  expect(() => Imdsv2.enforce(root)).not.toThrow();
});

test('a stack without an app', () => {
  const stack = new Stack();
  const template = new LaunchTemplate(stack, 'Template');
  Imdsv2.enforce(stack);
  template.with(new RequireImdsv2());
  expect(stack.resolve(template.latestVersionNumber)).toBeDefined();
});
