import { CfnResource, NestedStack, Stage } from 'aws-cdk-lib';
import { Construct, RootConstruct } from 'constructs';
import type { IConstruct } from 'constructs';
import { FailOn, Imdsv2 } from '../../src';
import { REQUIRED, appOf, checked, instance, launchTemplate, violationsIn, synthesized } from '../check/checked';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';

const weak = (path: string) => `Imdsv2::TokensRequired ${path} Properties.MetadataOptions.HttpTokens`;

/** An app with weak resources in a stack, in a construct of it, in a nested stack, in another stack, in a stage and in a nested stage. */
function everywhere() {
  const app = scratchApp();
  const web = scratchStack(app, 'Web');
  const part = new Construct(web, 'Part');
  const nested = new NestedStack(web, 'Nested');
  const stage = new Stage(app, 'Production');
  const places = [web, part, nested, scratchStack(app, 'Other'), scratchStack(stage, 'Web'), scratchStack(new Stage(stage, 'Europe'), 'Web')];
  places.forEach(place => instance(place));
  return { app, web, part, nested, stage, host: web.node.findChild('Instance') };
}

type Scopes = Omit<ReturnType<typeof everywhere>, 'app'>;

describe('a check of a part of an app', () => {
  test.each<[keyof Scopes, readonly string[]]>([
    ['web', ['Web/Instance', 'Web/Nested/Instance', 'Web/Part/Instance']],
    ['part', ['Web/Part/Instance']],
    ['nested', ['Web/Nested/Instance']],
    ['host', ['Web/Instance']],
    ['stage', ['Production/Europe/Web/Instance', 'Production/Web/Instance']],
  ])('reports nothing outside it: %s', (name, paths) => {
    const { app, ...scopes } = everywhere();
    Imdsv2.check(scopes[name]);
    expect(violationsIn(synthesized(app))).toEqual(paths.map(weak));
  });

  test.each<[string, Json, readonly string[]]>([
    ['reports nothing if it requires tokens', { MetadataOptions: { HttpTokens: 'required' } }, []],
    ['reports the launcher if it does not', {}, ['Imdsv2::TokensRequired Stack/Group Properties.LaunchTemplate']],
  ])('knows a launch template outside it, and %s', (_, data, findings) => {
    const stack = scratchStack();
    launchTemplate(scratchStack(appOf(stack), 'Other'), 'Template', data, { LaunchTemplateName: 'web' });
    new CfnResource(stack, 'Group', {
      type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } },
    });
    Imdsv2.check(stack);
    expect(violationsIn(synthesized(appOf(stack)))).toEqual(findings);
  });

  test('knows the launchers of its resources', () => {
    const app = scratchApp();
    const other = scratchStack(app, 'Other');
    const template = launchTemplate(other, 'Template', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } });
    new CfnResource(scratchStack(app), 'Nodes', { type: 'AWS::EKS::Nodegroup', properties: { LaunchTemplate: { Id: template.ref, Version: '$Latest' } } });
    Imdsv2.check(template);
    expect(violationsIn(synthesized(app))).toEqual([
      'Imdsv2::ContainerHopLimit Other/Template Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit',
    ]);
  });

  test('of a stage knows resources outside the stage, and does not report them', () => {
    const app = scratchApp();
    launchTemplate(scratchStack(app, 'Shared'), 'Template', REQUIRED, { LaunchTemplateName: 'web' });
    instance(scratchStack(app, 'Elsewhere'));
    const stage = new Stage(app, 'Production');
    new CfnResource(scratchStack(stage), 'Group', {
      type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' } },
    });
    Imdsv2.check(stage);
    expect(violationsIn(synthesized(app))).toEqual([]);
  });
});

describe('several checks in one app', () => {
  test('each report their part', () => {
    const { app, part, stage } = everywhere();
    Imdsv2.check(part);
    Imdsv2.check(stage, { failOn: FailOn.NEVER });
    const { plugins, violations } = synthesized(app);
    expect(plugins.map(({ conclusion }) => conclusion).sort()).toEqual(['failure', 'success']);
    expect(violations.map(violation => [violation.severity, ...violationsIn({ violations: [violation] })]).sort()).toEqual([
      ['error', weak('Web/Part/Instance')],
      ['warning', weak('Production/Europe/Web/Instance'), weak('Production/Web/Instance')],
    ]);
  });

  test('fail if one of them does', () => {
    const { app, part } = everywhere();
    Imdsv2.check(app, { failOn: FailOn.NEVER });
    Imdsv2.check(part);
    expect(synthesized(app).failure).toContain('Imdsv2::TokensRequired');
  });
});

describe('a scope in no stage', () => {
  const alone: readonly [string, () => IConstruct, string][] = [
    ['a root', () => new RootConstruct('Alone'), 'Alone'],
    ['a construct in a root', () => new Construct(new RootConstruct(), 'Alone'), 'Alone'],
  ];

  test.each(alone)('%s: is reported', (_, build, path) => {
    expect(() => Imdsv2.check(build())).toThrow(`scope must be in an app or another stage, got '${path}'`);
  });
});

test('a check of a whole app includes everything in it', () => {
  const { app } = everywhere();
  expect(violationsIn(checked(app))).toHaveLength(6);
});
