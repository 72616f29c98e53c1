import type { Stack } from 'aws-cdk-lib';
import { CfnOutput, CfnResource, Fn, Stage } from 'aws-cdk-lib';
import { ContainerHost } from '../../src';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { OPTIONAL, REQUIRED, appOf, checked, instance, launchTemplate, violationsIn } from './checked';

const UNKNOWN = 'Imdsv2::LaunchSourceUnknown';

function group(stack: Stack, specification: Json): CfnResource {
  return new CfnResource(stack, 'Group', {
    type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { Version: '$Latest', ...specification } },
  });
}

/** Ways to reference a launch template of another stack. */
const NAMED: readonly [string, (template: CfnResource, other: Stack) => Json][] = [
  ['by its id', template => ({ LaunchTemplateId: template.ref })],
  ['by its name', () => ({ LaunchTemplateName: 'web' })],
  ['by an export of the other stack', (template, other) => {
    new CfnOutput(other, 'Id', { value: template.ref, exportName: 'web-template' });
    return { LaunchTemplateId: Fn.importValue('web-template') };
  }],
  ['by an output of the other stack', ({ ref: value }, other) => {
    new CfnOutput(other, 'Id', { value });
    return { LaunchTemplateId: { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Id' } } };
  }],
];

describe('a launch template of another stack', () => {
  test.each(NAMED)('is known %s', (_, naming) => {
    const app = scratchApp();
    const other = scratchStack(app, 'Other');
    const template = launchTemplate(other, 'Template', REQUIRED, { LaunchTemplateName: 'web' });
    group(scratchStack(app), naming(template, other));
    expect(checked(app).violations).toEqual([]);
  });

  test.each(NAMED)('has its own finding if it is referenced %s', (_, naming) => {
    const app = scratchApp();
    const other = scratchStack(app, 'Other');
    const template = launchTemplate(other, 'Template', OPTIONAL, { LaunchTemplateName: 'web' });
    group(scratchStack(app), naming(template, other));
    expect(violationsIn(checked(app))).toEqual(['Imdsv2::TokensRequired Other/Template Properties.LaunchTemplateData.MetadataOptions.HttpTokens']);
  });

  test('that is in no stack is reported as unknown', () => {
    const app = scratchApp();
    group(scratchStack(app), { LaunchTemplateId: 'lt-0123456789abcdef0' });
    const { failure, violations } = checked(app);
    expect(failure).toBeUndefined();
    expect(violations.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([[UNKNOWN, 'warning']]);
    expect(violations[0].violatingConstructs[0].cloudFormationResource?.propertyPaths).toEqual(['Properties.LaunchTemplate']);
  });

  test('with the same name in two stages is the one of the own stage', () => {
    const app = scratchApp();
    for (const id of ['Test', 'Production']) {
      const stage = new Stage(app, id);
      launchTemplate(scratchStack(stage, 'Other'), 'Template', REQUIRED, { LaunchTemplateName: 'web' });
      group(scratchStack(stage), { LaunchTemplateName: 'web' });
    }
    expect(checked(app).violations).toEqual([]);
  });
});

describe('the launch template of a container host', () => {
  const nodes = (stack: Stack, limit: number | undefined) => {
    const template = launchTemplate(stack, 'Template', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: limit } });
    new CfnResource(stack, 'Nodes', { type: 'AWS::EKS::Nodegroup', properties: { LaunchTemplate: { Id: template.ref, Version: Fn.getAtt('Template', 'LatestVersionNumber') } } });
    return template;
  };
  const PLACE = 'Imdsv2::ContainerHopLimit Stack/Template Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit';

  test.each([[1, [PLACE]], [undefined, [PLACE]], [2, []]])('has a hop limit of %p', (limit, expected) => {
    const stack = scratchStack();
    nodes(stack, limit);
    expect(violationsIn(checked(appOf(stack)))).toEqual(expected);
  });

  test('is not one if this is set explicitly', () => {
    const stack = scratchStack();
    nodes(stack, 1).with(ContainerHost.no());
    expect(checked(appOf(stack)).violations).toEqual([]);
  });

  test('needs the hop limit that is set explicitly', () => {
    const stack = scratchStack();
    nodes(stack, 2).with(new ContainerHost({ hopLimit: 3 }));
    const { violations } = checked(appOf(stack));
    expect(violations.map(({ description }) => description)).toEqual([
      'LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit must be at least 3, got 2, because containers run on its instances (ContainerHost was applied to \'Stack/Template\')',
    ]);
  });
});

test('an instance that weakens its template is reported', () => {
  const stack = scratchStack();
  const template = launchTemplate(stack, 'Template', REQUIRED);
  instance(stack, 'Host', { ...OPTIONAL, LaunchTemplate: { LaunchTemplateId: template.ref, Version: '$Latest' } });
  expect(violationsIn(checked(appOf(stack)))).toEqual(['Imdsv2::TokensRequired Stack/Host Properties.MetadataOptions.HttpTokens']);
});

describe('a version that can be an older one', () => {
  const DEFAULT_NUMBER = { 'Fn::GetAtt': ['Template', 'DefaultVersionNumber'] };
  const reportsOf = (Version: unknown, options: Json = REQUIRED) => {
    const stack = scratchStack();
    const template = launchTemplate(stack, 'Template', options);
    group(stack, { LaunchTemplateId: template.ref, Version });
    return checked(appOf(stack));
  };

  test.each<[string, unknown]>([['a number', '3'], ['$Default', '$Default'], ['the DefaultVersionNumber', DEFAULT_NUMBER], ['a parameter', { Ref: 'Open' }]])(
    'is reported as a warning: %s', (_, version) => {
      const { failure, violations } = reportsOf(version);
      expect(failure).toBeUndefined();
      expect(violations.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([['Imdsv2::VersionNotFollowed', 'warning']]);
    });

  test.each<[string, unknown]>([['$Latest', '$Latest'], ['the LatestVersionNumber', { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] }]])(
    'is not reported if it is the latest: %s', (_, version) => {
      expect(reportsOf(version).violations).toEqual([]);
    });

  test('is reported together with the faults of the template, which a new version alone would not fix', () => {
    expect(violationsIn(reportsOf('3', OPTIONAL)).map(text => text.split(' ')[0]).sort()).toEqual(['Imdsv2::TokensRequired', 'Imdsv2::VersionNotFollowed']);
  });

  test('is only reported for an instance that gets its tokens from it', () => {
    const stack = scratchStack();
    const template = launchTemplate(stack, 'Template', REQUIRED);
    const LaunchTemplate = { LaunchTemplateId: template.ref, Version: '1' };
    instance(stack, 'Silent', { LaunchTemplate });
    instance(stack, 'Speaking', { LaunchTemplate, ...REQUIRED });
    expect(violationsIn(checked(appOf(stack)))).toEqual(['Imdsv2::VersionNotFollowed Stack/Silent Properties.LaunchTemplate']);
  });
});
