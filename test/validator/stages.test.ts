import { mkdtempSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CfnResource, CfnStack, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { ImdsExemption, Imdsv2 } from '../../src';
import { OPTIONAL, REQUIRED, checked, instance, launchTemplate, violationsIn, synthesized } from '../check/checked';
import type { Json } from '../harness/json';
import { SCRATCH, scratchApp, scratchStack } from '../harness/scratch-app';

const IN = 'Properties.MetadataOptions.HttpTokens';
const weak = (path: string) => `Imdsv2::TokensRequired ${path} ${IN}`;

describe('nested stacks', () => {
  test.each([true, false])('are read, two levels deep, with asset metadata in the template: %p', isWritten => {
    const app = scratchApp({ 'aws:cdk:enable-asset-metadata': isWritten });
    const stack = scratchStack(app);
    const outer = new NestedStack(stack, 'Outer');
    const inner = new NestedStack(outer, 'Inner');
    [stack, outer, inner].forEach(scope => instance(scope));
    expect(violationsIn(checked(app))).toEqual(['Stack/Instance', 'Stack/Outer/Inner/Instance', 'Stack/Outer/Instance'].map(weak).sort());
  });

  test('have findings with the name of the template', () => {
    const app = scratchApp();
    const nested = new NestedStack(scratchStack(app), 'Nested');
    instance(nested);
    const { violations: [{ violatingConstructs: [{ cloudFormationResource }] }] } = checked(app);
    expect(cloudFormationResource).toEqual({ templatePath: nested.templateFile, logicalId: 'Instance', propertyPaths: [IN] });
  });

  test('can launch from a parameter', () => {
    const app = scratchApp();
    const stack = scratchStack(app);
    const template = launchTemplate(stack, 'Template', REQUIRED);
    const nested = new NestedStack(stack, 'Nested');
    new CfnResource(nested, 'Group', {
      type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { LaunchTemplateId: template.ref, Version: '$Latest' } },
    });
    expect(checked(app).violations).toEqual([]);
  });

  describe('are checked even if only the template is known', () => {
    const build = () => {
      const app = scratchApp();
      const stack = scratchStack(app);
      const file = 'asset.nested.template.json';
      writeFileSync(join(app.outdir, file), JSON.stringify({ Resources: { Host: { Type: 'AWS::EC2::Instance', Properties: OPTIONAL } } }));
      new CfnStack(stack, 'Nested', { templateUrl: 'https://example.com/nested.json' }).addMetadata('aws:asset:path', file);
      return { app, stack };
    };

    test('belong to the parent stack', () => {
      const { app } = build();
      const { violations: [{ violatingConstructs }] } = checked(app);
      expect(violatingConstructs).toEqual([expect.objectContaining({
        constructPath: 'Stack',
        cloudFormationResource: { templatePath: 'asset.nested.template.json', logicalId: 'Host', propertyPaths: [IN] },
      })]);
    });

    test('are checked with it', () => {
      const { app, stack } = build();
      Imdsv2.check(stack);
      expect(violationsIn(synthesized(app))).toEqual([weak('Stack')]);
    });

    test('are exempt with it', () => {
      const { app, stack } = build();
      ImdsExemption.of(stack).add({ rule: 'Imdsv2::TokensRequired', reason: 'another team has it' });
      expect(checked(app).violations).toEqual([]);
    });
  });

  test('outside the assembly are not searched', () => {
    const app = scratchApp();
    const outside = mkdtempSync(join(SCRATCH, 'outside-'));
    writeFileSync(join(outside, 'nested.json'), JSON.stringify({ Resources: { Host: { Type: 'AWS::EC2::Instance' } } }));
    new CfnStack(scratchStack(app), 'Nested', { templateUrl: 'https://example.com/nested.json' }).addMetadata('aws:asset:path', join(outside, 'nested.json'));
    expect(checked(app).violations).toEqual([]);
  });
});

/** A stack that sets the name of its template, in any stage. */
class Named extends Stack {
  public readonly templateFile = 'web.template.json';
}

describe('stages', () => {
  test('are read, also nested ones, even if their stacks and templates have the same names', () => {
    const app = scratchApp();
    const stages = [new Stage(app, 'Test'), new Stage(app, 'Production')];
    const all = [app, ...stages, new Stage(stages[1], 'Europe')];
    all.forEach(scope => instance(scratchStack(scope, 'Web', { stackName: 'Web' })));
    expect(violationsIn(checked(app))).toEqual(['Production/Europe/Web', 'Production/Web', 'Test/Web', 'Web'].map(path => weak(`${path}/Instance`)));
  });

  test('are separate if their templates have the same name', () => {
    const app = scratchApp();
    const build = (id: string, properties: Json) => {
      const stack = new Named(new Stage(app, id), 'Web');
      instance(stack, 'Host', properties);
    };
    build('Good', REQUIRED);
    build('Bad', OPTIONAL);
    const { violations: [{ violatingConstructs }] } = checked(app);
    expect(violatingConstructs.map(({ constructPath, cloudFormationResource }) => [constructPath, cloudFormationResource?.templatePath]))
      .toEqual([['Bad/Web/Host', join('assembly-Bad', 'web.template.json')]]);
  });

  test.each([['before', true], ['after', false]])('that are created %s the check have the same result', (_, isBefore) => {
    const app = scratchApp();
    const build = () => instance(scratchStack(new Stage(app, 'Production')));
    if (isBefore) { build(); }
    Imdsv2.check(app);
    if (!isBefore) { build(); }
    expect(violationsIn(synthesized(app))).toEqual([weak('Production/Stack/Instance')]);
  });

  test('that were synthesized before are read', () => {
    const app = scratchApp();
    const stage = new Stage(app, 'Production');
    instance(scratchStack(stage));
    stage.synth();
    expect(violationsIn(checked(app))).toEqual([weak('Production/Stack/Instance')]);
  });

  test('with nested stacks in them', () => {
    const app = scratchApp();
    const nested = new NestedStack(scratchStack(new Stage(app, 'Production')), 'Nested');
    instance(nested);
    const { violations: [{ violatingConstructs: [{ constructPath, cloudFormationResource }] }] } = checked(app);
    expect([constructPath, cloudFormationResource?.templatePath])
      .toEqual(['Production/Stack/Nested/Instance', join('assembly-Production', nested.templateFile)]);
  });
});
