import { readFileSync } from 'fs';
import { join } from 'path';
import type { CfnElement, CfnParameterProps, Stack } from 'aws-cdk-lib';
import { Aws, CfnCondition, CfnOutput, CfnParameter, CfnResource, Fn, NestedStack, Token } from 'aws-cdk-lib';
import { BlockDeviceVolume } from 'aws-cdk-lib/aws-ec2';
import {
  FailOn, ImageArchitecture, ImageImdsSupport, ImdsExemption, ImdsReport, Imdsv2, Imdsv2Validator, RegisteredImage,
} from '../../src';
import type { Report } from '../../src/report/report';
import { expectLinear } from '../harness/growth';
import type { Json } from '../harness/json';
import { scratchStack, twoStacks } from '../harness/scratch-app';
import { HOSTILE_NAMES } from '../launch/harness/hostile-values';
import { OPTIONAL, REQUIRED, appOf, checked, instance, launchTemplate, violationsIn, synthesized } from './checked';
import { written, writtenAs } from './written';

const GOLDEN = { Ref: 'Golden' };
const SILVER = { Ref: 'Silver' };
const ORDINARY = 'ami-0123456789abcdef0';
const NO_VALUE = { Ref: 'AWS::NoValue' };
const OFF = { MetadataOptions: { HttpEndpoint: 'disabled' } };
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

const UNLESS = 'unless the account default of the Region, which the app does not show, overrides it';
const FROM_GOLDEN = `the AMI 'Stack/Golden' (ImdsSupport v2.0), ${UNLESS}`;

const image = (stack: Stack, id = 'Golden', type = 'Custom::ImdsRegisteredImage') => new CfnResource(stack, id, { type });
const resource = (stack: Stack, id: string, type: string, properties: Json) => new CfnResource(stack, id, { type, properties });
const when = (whenTrue: unknown, whenFalse: unknown) => ({ 'Fn::If': ['C', whenTrue, whenFalse] });
const latest = (id: string) => ({ LaunchTemplateId: { Ref: id }, Version: '$Latest' });
const group = (stack: Stack, properties: Json) => resource(stack, 'Group', GROUP, properties);
/** A group with a mixed instances policy that launches from a template. */
const mixed = (stack: Stack, Overrides: unknown) =>
  group(stack, { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: latest('Template'), Overrides } } });

function reportIn(directory: string): Report {
  return JSON.parse(readFileSync(join(directory, 'imdsv2-report.json'), 'utf8')) as Report;
}

/** The report about a stack with two images with v2.0 and a condition. */
function reported(build: (stack: Stack) => unknown) {
  const stack = scratchStack();
  image(stack);
  image(stack, 'Silver');
  new CfnCondition(stack, 'C');
  build(stack);
  const { violations } = checked(appOf(stack), { failOn: FailOn.NEVER, reports: [ImdsReport.json()] });
  return { ...inReport(reportIn(appOf(stack).outdir)), findings: violationsIn({ violations }) };
}

function inReport(report: Report) {
  const the = (id: string) => report.resources.find(({ logicalId }) => logicalId === id)!;
  const settingOf = (id: string, name: 'tokens' | 'hopLimit' | 'endpoint') => the(id).settings[name]!.map(({ kind, value }) => value ?? kind);
  return { report, the, outcomeOf: (id: string) => the(id).outcome, tokensOf: (id: string) => settingOf(id, 'tokens'), settingOf };
}

/** The tokens of an instance with an image, alone in its stack. */
const tokensFrom = (ImageId: unknown) => reported(stack => instance(stack, 'Host', { ImageId })).tokensOf('Host');

describe('an instance without tokens of its own', () => {
  test('has the tokens and the hop limit of an image of the app', () => {
    const { the } = reported(stack => instance(stack, 'Host', { ImageId: GOLDEN }));
    expect(the('Host').settings).toMatchObject({
      tokens: [{ kind: 'set', value: 'required', unlessAccountDefault: true, from: FROM_GOLDEN }],
      hopLimit: [{ kind: 'set', value: 2, unlessAccountDefault: true, from: FROM_GOLDEN }],
      endpoint: [{ kind: 'unset' }],
      tags: [{ kind: 'unset' }],
    });
    expect(the('Host').settings.tokens![0].fromResource).toBeUndefined();
  });

  test('is undecided, because an account default overrides the image', () => {
    const { outcomeOf, report } = reported(stack => instance(stack, 'Host', { ImageId: GOLDEN }));
    expect(outcomeOf('Host')).toBe('undecided');
    expect(report.totals).toMatchObject({ resources: 1, required: 0, notRequired: 0, undecided: 1 });
  });

  test('still has a finding, because a template has to require tokens', () => {
    expect(reported(stack => instance(stack, 'Host', { ImageId: GOLDEN })).findings)
      .toEqual(['Imdsv2::TokensRequired Stack/Host Properties.MetadataOptions.HttpTokens']);
  });

  test.each<[string, unknown]>([
    ['Ref', GOLDEN],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Golden', 'ImageId'] }],
    ['Fn::Sub', { 'Fn::Sub': '${Golden}' }],
    ['Fn::Sub of the attribute', { 'Fn::Sub': '${Golden.ImageId}' }],
    ['Fn::Join of one piece', { 'Fn::Join': ['', [GOLDEN]] }],
    ['a condition with the same in both branches', when(GOLDEN, GOLDEN)],
    ['a condition between two of them', when(GOLDEN, SILVER)],
  ])('gets the image by %s', (_, ImageId) => {
    expect(new Set(tokensFrom(ImageId))).toEqual(new Set(['required']));
  });

  test.each<[string, unknown]>([
    ['an ordinary id', ORDINARY],
    ['another attribute', { 'Fn::GetAtt': ['Golden', 'SnapshotId'] }],
    ['a text around the id', { 'Fn::Sub': 'image/${Golden}' }],
    ['a dynamic reference', '{{resolve:ssm:/golden}}'],
    ['a mapping', { 'Fn::FindInMap': ['Images', { Ref: 'AWS::Region' }, 'Golden'] }],
    ['a missing resource', { Ref: 'Missing' }],
    ['itself', { Ref: 'Host' }],
    ['nothing', NO_VALUE],
  ])('does not get the image by %s', (_, ImageId) => {
    const { tokensOf, outcomeOf, the } = reported(stack => instance(stack, 'Host', { ImageId }));
    expect([tokensOf('Host'), outcomeOf('Host')]).toEqual([['unset'], 'not required']);
    expect(the('Host').settings.tokens![0].from).toContain('which the app does not show');
  });

  test('does not get an image from another type of custom resource', () => {
    const { tokensOf } = reported(stack => {
      image(stack, 'Other', 'Custom::Image');
      instance(stack, 'Host', { ImageId: { Ref: 'Other' } });
    });
    expect(tokensOf('Host')).toEqual(['unset']);
  });

  test.each<[string, unknown]>([
    ['another image', when(GOLDEN, ORDINARY)],
    ['no image', when(GOLDEN, NO_VALUE)],
    ['an image in a condition', when(when(ORDINARY, SILVER), GOLDEN)],
  ])('can have either image if a condition gives it %s', (_, ImageId) => {
    const { tokensOf, outcomeOf } = reported(stack => instance(stack, 'Host', { ImageId }));
    expect([new Set(tokensOf('Host')), outcomeOf('Host')]).toEqual([new Set(['required', 'unset']), 'not required']);
  });
});

describe('an instance from an image of the app', () => {
  test.each<[string, Json, readonly unknown[], readonly unknown[], string]>([
    ['sets optional, which stays', { HttpTokens: 'optional' }, ['optional'], [2], 'not required'],
    ['sets required, which stays', { HttpTokens: 'required' }, ['required'], [2], 'required'],
    ['sets a hop limit', { HttpPutResponseHopLimit: 1 }, ['required'], [1], 'undecided'],
    ['enables the endpoint', { HttpEndpoint: 'enabled' }, ['required'], [2], 'undecided'],
    ['disables the endpoint: tokens do not matter', { HttpEndpoint: 'disabled' }, ['unset'], [2], 'required'],
    ['sets optional, or no options', when({ HttpTokens: 'optional' }, NO_VALUE), ['optional', 'required'], [2], 'not required'],
    ['sets required or nothing', { HttpTokens: when('required', NO_VALUE) }, ['required', 'required'], [2], 'undecided'],
  ])('%s', (_, MetadataOptions, tokens, hopLimit, outcome) => {
    const { tokensOf, settingOf, outcomeOf } = reported(stack => instance(stack, 'Host', { ImageId: GOLDEN, MetadataOptions }));
    expect([tokensOf('Host'), settingOf('Host', 'hopLimit'), outcomeOf('Host')]).toEqual([tokens, hopLimit, outcome]);
  });
});

describe('an instance over a launch template', () => {
  const over = (own: Json, data: Json, more: Json = {}) => reported(stack => {
    launchTemplate(stack, 'Template', data);
    instance(stack, 'Host', { LaunchTemplate: latest('Template'), ...own, ...more });
  });

  test.each<[string, Json, Json, readonly string[]]>([
    ['starts from the image of the template', {}, { ImageId: GOLDEN }, ['required']],
    ['starts from its own image, if only that is of the app', { ImageId: GOLDEN }, { ImageId: ORDINARY }, ['required']],
    ['starts from its own image, if only that is not of the app', { ImageId: ORDINARY }, { ImageId: GOLDEN }, ['unset']],
    ['starts from its own image, if the template has none', { ImageId: GOLDEN }, {}, ['required']],
    ['can start from either image', { ImageId: when(ORDINARY, NO_VALUE) }, { ImageId: GOLDEN }, ['unset', 'required']],
    ['has the tokens of the template, regardless of the image', { ImageId: GOLDEN }, OPTIONAL, ['optional']],
  ])('%s', (_, own, data, tokens) => {
    expect(over(own, data).tokensOf('Host')).toEqual(tokens);
  });

  test('gets the image in a different way', () => {
    const { the } = over({}, { ImageId: GOLDEN });
    expect(the('Host').settings.tokens).toEqual([{
      kind: 'set', value: 'required', unlessAccountDefault: true, from: `the launch template 'Stack/Template' ($Latest): ${FROM_GOLDEN}`, fromResource: the('Template').id,
    }]);
  });

  test('that disables the endpoint still uses the image where it enables the endpoint', () => {
    const { tokensOf } = over({}, { ...OFF, ImageId: GOLDEN }, { MetadataOptions: { HttpEndpoint: 'enabled' } });
    expect(tokensOf('Host')).toEqual(['required']);
  });

  test('with a fixed version uses the image of the deployed version', () => {
    const { tokensOf } = over({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '3' } }, { ImageId: GOLDEN });
    expect(tokensOf('Host')).toEqual(['unknown']);
  });

  test('that a condition removes leaves the instance its own image', () => {
    const { tokensOf } = over({ ImageId: GOLDEN, LaunchTemplate: when(latest('Template'), NO_VALUE) }, { ImageId: ORDINARY });
    expect(new Set(tokensOf('Host'))).toEqual(new Set(['required']));
  });

  test('that is one of two gives the instance both images', () => {
    const { tokensOf, the } = reported(stack => {
      launchTemplate(stack, 'Good', { ImageId: GOLDEN });
      launchTemplate(stack, 'Bad', { ImageId: ORDINARY });
      instance(stack, 'Host', { LaunchTemplate: when(latest('Good'), latest('Bad')) });
    });
    expect(tokensOf('Host')).toEqual(['required', 'unset']);
    expect(the('Host').settings.tokens!.map(({ fromResource }) => fromResource)).toEqual([the('Good').id, the('Bad').id]);
  });
});

test('an instance over one of two templates with unknown images is undecided once', () => {
  const { tokensOf } = reported(stack => {
    launchTemplate(stack, 'One', { ImageId: ORDINARY });
    launchTemplate(stack, 'Two', { ImageId: ORDINARY });
    instance(stack, 'Host', { LaunchTemplate: when(latest('One'), latest('Two')) });
  });
  expect(tokensOf('Host')).toEqual(['unset']);
});

describe('a launch template alone', () => {
  test.each<[string, unknown, readonly string[], string]>([
    ['with an image of the app is undecided', { ImageId: GOLDEN }, ['required'], 'undecided'],
    ['without an image leaves the tokens to its launcher', {}, ['unset'], 'not required'],
    ['with an image in one branch has either', when({ ImageId: GOLDEN }, { InstanceType: 'm5.large' }), ['required', 'unset'], 'not required'],
    ['with an image instead of all its data has no image', GOLDEN, ['unknown'], 'undecided'],
  ])('%s', (_, data, tokens, outcome) => {
    const { tokensOf, outcomeOf } = reported(stack => launchTemplate(stack, 'Template', data as Json));
    expect([tokensOf('Template'), outcomeOf('Template')]).toEqual([tokens, outcome]);
  });
});

describe('a launcher', () => {
  const over = (data: Json, build: (stack: Stack) => CfnResource) => {
    const { tokensOf, ...rest } = reported(stack => {
      launchTemplate(stack, 'Template', data);
      build(stack);
    });
    return { ...rest, tokensOf: (id: string) => [...new Set(tokensOf(id))] };
  };

  test.each<[string, string, Json]>([
    ['Auto Scaling', GROUP, { LaunchTemplate: latest('Template') }],
    ['EC2 Fleet', 'AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: latest('Template'), Overrides: [{ InstanceType: 'm5.large' }] }] }],
    ['Spot Fleet', 'AWS::EC2::SpotFleet', { SpotFleetRequestConfigData: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: latest('Template') }] } }],
    ['EKS', 'AWS::EKS::Nodegroup', { LaunchTemplate: { Id: { Ref: 'Template' }, Version: '$Latest' } }],
    ['Batch', 'AWS::Batch::ComputeEnvironment', { ComputeResources: { LaunchTemplate: latest('Template') } }],
    ['PCS', 'AWS::PCS::ComputeNodeGroup', { CustomLaunchTemplate: { TemplateId: { Ref: 'Template' }, Version: '$Latest' } }],
  ])('of %s uses the image of its template', (_, type, properties) => {
    expect(over({ ImageId: GOLDEN }, stack => resource(stack, 'Launcher', type, properties)).tokensOf('Launcher')).toEqual(['required']);
  });

  test('that builds images uses another image than its template', () => {
    const Distributions = [{ FastLaunchConfigurations: [{ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, LaunchTemplateVersion: '$Latest' } }] }];
    const { tokensOf } = over({ ImageId: GOLDEN }, stack => resource(stack, 'Maker', 'AWS::ImageBuilder::DistributionConfiguration', { Distributions }));
    expect(tokensOf('Maker')).toEqual(['unset']);
  });

  test('of a launcher gets the image of its source', () => {
    const { tokensOf, the } = over({ ImageId: GOLDEN }, stack => {
      const { ref } = group(stack, { LaunchTemplate: latest('Template') });
      return resource(stack, 'Provider', 'AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: { AutoScalingGroupArn: ref } });
    });
    expect(tokensOf('Provider')).toEqual(['required']);
    expect(the('Provider').settings.hopLimit![0].from)
      .toBe(`the AWS::AutoScaling::AutoScalingGroup 'Stack/Group': the launch template 'Stack/Template' ($Latest): ${FROM_GOLDEN}`);
  });

  test('of a launcher gets the image that it sets itself', () => {
    const { the } = over({ ImageId: ORDINARY }, stack => {
      const { ref } = mixed(stack, [{ ImageId: GOLDEN }]);
      return resource(stack, 'Provider', 'AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: { AutoScalingGroupArn: ref } });
    });
    expect(the('Provider').settings.tokens).toEqual([
      {
        kind: 'set',
        value: 'required',
        unlessAccountDefault: true,
        from: `the AWS::AutoScaling::AutoScalingGroup 'Stack/Group': ${FROM_GOLDEN}`,
        fromResource: the('Group').id,
      },
    ]);
  });

  test.each<[string, string, (ImageId: unknown) => Json]>([
    ['a PCS node group', 'AWS::PCS::ComputeNodeGroup', AmiId => ({ AmiId, CustomLaunchTemplate: { TemplateId: { Ref: 'Template' }, Version: '$Latest' } })],
    ['a Batch environment', 'AWS::Batch::ComputeEnvironment', ImageId => ({ ComputeResources: { ImageId, LaunchTemplate: latest('Template') } })],
    ['the configuration of a Batch environment', 'AWS::Batch::ComputeEnvironment', ImageIdOverride =>
      ({ ComputeResources: { Ec2Configuration: [{ ImageIdOverride }], LaunchTemplate: latest('Template') } })],
  ])("uses the image of %s instead of its template\'s image", (_, type, properties) => {
    const from = (own: unknown, below: unknown) =>
      over({ ImageId: below }, stack => resource(stack, 'Launcher', type, properties(own))).tokensOf('Launcher');
    expect([from(GOLDEN, ORDINARY), from(ORDINARY, GOLDEN), from(NO_VALUE, GOLDEN)]).toEqual([['required'], ['unset'], ['required']]);
  });

  test.each<[string, Json, readonly string[]]>([
    ['one that has none, and the image of the other', { ImageId: GOLDEN, Ec2Configuration: [{ ImageType: 'ECS_AL2023' }] }, ['required']],
    ['two that differ: the pages of AWS do not agree on which is first', { ImageId: GOLDEN, Ec2Configuration: [{ ImageIdOverride: ORDINARY }] }, ['required', 'unset']],
    ['a list that may be empty', { Ec2Configuration: [when({ ImageIdOverride: GOLDEN }, NO_VALUE)] }, ['required', 'unset']],
  ])('of Batch can set it in two places: %s', (_, own, tokens) => {
    const { tokensOf } = over({ ImageId: ORDINARY }, stack =>
      resource(stack, 'Launcher', 'AWS::Batch::ComputeEnvironment', { ComputeResources: { ...own, LaunchTemplate: latest('Template') } }));
    expect(tokensOf('Launcher')).toEqual(tokens);
  });

  test.each<[string, Json, readonly string[]]>([
    ['has its own image', { ImageId: ORDINARY }, ['unset']],
    ['has none', {}, ['required']],
  ])('of Batch uses its own image if a template that overrides the other %s', (_, data, tokens) => {
    const { tokensOf } = over(REQUIRED, stack => {
      launchTemplate(stack, 'Other', data);
      const LaunchTemplate = { ...latest('Template'), Overrides: [{ ...latest('Other'), TargetInstanceTypes: ['p3'] }] };
      return resource(stack, 'Launcher', 'AWS::Batch::ComputeEnvironment', { ComputeResources: { ImageId: GOLDEN, LaunchTemplate } });
    });
    expect(tokensOf('Launcher')).toEqual([...new Set(['required', ...tokens])]);
  });

  test('with a launch configuration uses the image of that configuration', () => {
    const { the, outcomeOf } = reported(stack => {
      resource(stack, 'Configuration', 'AWS::AutoScaling::LaunchConfiguration', { ImageId: GOLDEN });
      group(stack, { LaunchConfigurationName: { Ref: 'Configuration' } });
    });
    expect([outcomeOf('Configuration'), outcomeOf('Group')]).toEqual(['undecided', 'undecided']);
    expect(the('Group').settings.tokens![0].from).toBe(`the AWS::AutoScaling::LaunchConfiguration 'Stack/Configuration': ${FROM_GOLDEN}`);
  });

  test("for a user\'s desktop uses its own image", () => {
    const { tokensOf } = reported(stack =>
      resource(stack, 'Desktop', 'AWS::WorkspacesInstances::WorkspaceInstance', { ManagedInstance: { ImageId: GOLDEN } }));
    expect(tokensOf('Desktop')).toEqual(['required']);
  });
});

describe('a mixed instances policy', () => {
  const tokens = (template: Json, overrides: unknown) => {
    const { tokensOf } = reported(stack => {
      launchTemplate(stack, 'Template', template);
      launchTemplate(stack, 'Other', { ImageId: ORDINARY });
      launchTemplate(stack, 'Strict', REQUIRED);
      mixed(stack, overrides);
    });
    return [...new Set(tokensOf('Group'))].sort();
  };
  const either = ['required', 'unset'];

  test.each<[string, unknown, readonly string[]]>([
    ['without overrides', undefined, ['unset']],
    ['with an image in every override', [{ ImageId: GOLDEN }, { ImageId: SILVER }], ['required']],
    ['with an image in one of two', [{ ImageId: GOLDEN }, { InstanceType: 'm5.large' }], either],
    ['with another image in one of two', [{ ImageId: GOLDEN }, { ImageId: ORDINARY }], either],
    ['with an image in one branch', [when({ ImageId: GOLDEN }, {})], either],
    ['with an override that a condition takes away', [when({ ImageId: GOLDEN }, NO_VALUE)], either],
    ['with one that a condition takes away, beside another', [when({ ImageId: GOLDEN }, NO_VALUE), { ImageId: SILVER }], ['required']],
    ['with overrides that a condition takes away', when([{ ImageId: GOLDEN }], NO_VALUE), either],
    ['with overrides that a condition empties', when([{ ImageId: GOLDEN }], []), either],
    ['with an override under another template', [{ ImageId: GOLDEN }, { ImageId: SILVER, LaunchTemplateSpecification: latest('Other') }], ['required']],
    ['with an override without image under another template', [{ ImageId: GOLDEN }, { LaunchTemplateSpecification: latest('Other') }], either],
    ['with another image in an override that may be under another template',
      [{ ImageId: GOLDEN }, { ImageId: ORDINARY, LaunchTemplateSpecification: when(latest('Strict'), NO_VALUE) }], either],
    ['with another image in an override under a template that requires tokens',
      [{ ImageId: GOLDEN }, { ImageId: ORDINARY, LaunchTemplateSpecification: latest('Strict') }], ['required']],
    ['with an image in the place of an override', [GOLDEN], ['unknown', 'unset']],
  ])('%s over a template with an ordinary image', (_, overrides, expected) => {
    expect(tokens({ ImageId: ORDINARY }, overrides)).toEqual(expected);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['without overrides', undefined, ['required']],
    ['with overrides that say nothing of images', [{ InstanceType: 'm5.large' }], ['required']],
    ['with another image in an override', [{ ImageId: ORDINARY }], ['unset']],
    ['with another image in one of two', [{ ImageId: ORDINARY }, {}], either],
    ['with an override under another template', [{ LaunchTemplateSpecification: latest('Other') }], either],
    ['with an override in the place of a list', { ImageId: SILVER }, ['unset']],
    ['with an override under another template in the place of a list', { LaunchTemplateSpecification: latest('Strict') }, ['unset']],
    ['with unreadable overrides', { 'Fn::FindInMap': ['A', 'B', 'C'] }, ['unknown', 'unset']],
  ])('%s over a template with an image of the app', (_, overrides, expected) => {
    expect(tokens({ ImageId: GOLDEN }, overrides)).toEqual(expected);
  });

  test('uses the image of the template if a condition removes its overrides', () => {
    const { tokensOf } = reported(stack => {
      launchTemplate(stack, 'Template', { ImageId: ORDINARY });
      const LaunchTemplateSpecification = latest('Template');
      const LaunchTemplate = when({ LaunchTemplateSpecification, Overrides: [{ ImageId: GOLDEN }] }, { LaunchTemplateSpecification });
      group(stack, { MixedInstancesPolicy: { LaunchTemplate } });
    });
    expect([...new Set(tokensOf('Group'))].sort()).toEqual(either);
  });
});

describe('an image of another stack', () => {
  /** The report about an app with two stacks. The first stack has an image. */
  function acrossStacks(naming: (golden: CfnResource, other: Stack) => unknown, context: Json = {}) {
    const { stack, other } = twoStacks(context);
    instance(stack, 'Host', { ImageId: naming(image(other), other) });
    checked(appOf(stack), { failOn: FailOn.NEVER, reports: [ImdsReport.json()] });
    return inReport(reportIn(appOf(stack).outdir)).the('Host').settings.tokens!.map(({ from }) => from);
  }
  const FROM_OTHER = `the AMI 'Other/Golden' (ImdsSupport v2.0), ${UNLESS}`;

  test.each<[string, (golden: CfnResource, other: Stack) => unknown]>([
    ['by an export of CDK', ({ ref }) => ref],
    ['by its attribute', golden => golden.getAtt('ImageId').toString()],
    ['by an export of the other stack', ({ ref: value }, other) => {
      new CfnOutput(other, 'Id', { value, exportName: 'golden' });
      return Fn.importValue('golden');
    }],
    ['by an output of the other stack', ({ ref: value }, other) => {
      new CfnOutput(other, 'Id', { value });
      return { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Id' } };
    }],
  ])('is known %s', (_, naming) => {
    expect(acrossStacks(naming)).toEqual([FROM_OTHER]);
  });

  test("is known through CDK's weak references, which new apps use", () => {
    expect(acrossStacks(({ ref }) => ref, { '@aws-cdk/core:defaultCrossStackReferences': 'weak' })).toEqual([FROM_OTHER]);
  });

  test('is not known through a missing export', () => {
    expect(acrossStacks(() => Fn.importValue('golden'))).toEqual([expect.stringContaining('which the app does not show')]);
  });

  test.each<[string, (stack: Stack) => CfnElement]>([
    ['that is handed to a nested one', stack => {
      const nested = new NestedStack(stack, 'Nested', { parameters: { Image: stack.resolve(image(stack, 'Handed').ref) as string } });
      return instance(nested, 'Host', { ImageId: new CfnParameter(nested, 'Image').valueAsString });
    }],
    ['that CDK hands to a nested one', stack => instance(new NestedStack(stack, 'Nested'), 'Host', { ImageId: image(stack, 'Handed').ref })],
    ['that a nested one gives out', stack => instance(stack, 'Host', { ImageId: image(new NestedStack(stack, 'Nested'), 'Handed').ref })],
  ])('%s is known', (_, build) => {
    const { tokensOf } = reported(build);
    expect(tokensOf('Host')).toEqual(['required']);
  });

  test.each<[string, CfnParameterProps, readonly string[]]>([
    ['the default of its parameter', { default: ORDINARY }, ['required', 'unset']],
    ['nothing', {}, ['required', 'unset']],
    ['the value of a parameter in Systems Manager', { type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' }, ['unset']],
  ])('that a nested stack gets conditionally is either that or %s', (_, declared, tokens) => {
    const { tokensOf } = reported(stack => {
      const nested = new NestedStack(stack, 'Nested', { parameters: { Image: Token.asString(Fn.conditionIf('C', Fn.ref('Golden'), Aws.NO_VALUE)) } });
      return instance(nested, 'Host', { ImageId: new CfnParameter(nested, 'Image', declared).valueAsString });
    });
    expect(tokensOf('Host')).toEqual(tokens);
  });
});

describe('if only a part of an app is checked', () => {
  /** An instance that launches from a template in another part, which does not set tokens. */
  const found = (own: Json, data: Json) => {
    const { stack, other } = twoStacks();
    image(stack);
    image(other);
    launchTemplate(other, 'Silent', data, { LaunchTemplateName: 'silent' });
    instance(stack, 'Host', { LaunchTemplate: { LaunchTemplateName: 'silent', Version: '$Latest' }, ...own });
    Imdsv2.check(stack, { failOn: FailOn.NEVER });
    return synthesized(appOf(stack)).violations.map(({ description }) => description);
  };

  test.each<[string, Json, Json]>([
    ['no image that is visible', {}, {}],
    ['an image of the app', {}, { ImageId: GOLDEN }],
    ['an image of the app of its own', { ImageId: GOLDEN }, {}],
  ])('a launcher has a finding about a template in another part that does not set tokens, with %s', (_, own, data) => {
    expect(found(own, data)).toEqual(['LaunchTemplate names a resource that this check does not cover and does not require tokens: got nothing from the launch template \'Other/Silent\'']);
  });
});

test('the launcher of an exempt template with an image of the app is reported as exempt', () => {
  const { the, report } = reported(stack => {
    const template = launchTemplate(stack, 'Template', { ImageId: GOLDEN });
    ImdsExemption.of(template).add({ rule: 'Imdsv2::TokensRequired', reason: 'the image requires them' });
    group(stack, { LaunchTemplate: latest('Template') });
  });
  expect(the('Group').exemptions).toMatchObject([{ reason: 'the image requires them', scope: 'Stack/Template' }]);
  expect(report.totals).toMatchObject({ undecided: 2, exempt: 2 });
});

describe('in templates without a synthesis', () => {
  const inTemplate = (ImageId: unknown, Golden: unknown = { Type: 'Custom::ImdsRegisteredImage' }) => {
    const context = written({
      'web.json': {
        Parameters: { Odd: { Default: ImageId, AllowedValues: ImageId } },
        Resources: {
          Golden,
          Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId } },
          Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: { Ref: 'Odd' } } } },
          Odd: { Type: GROUP, Properties: { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: latest('Template'), Overrides: ImageId } } } },
        },
        Outputs: { Odd: { Value: ImageId, Export: { Name: 'odd' } } },
      },
    });
    new Imdsv2Validator({ reports: [ImdsReport.json()] }).validate(context);
    return inReport(reportIn(context.directory));
  };

  test('an image is named by its logical id', () => {
    expect(inTemplate(GOLDEN).the('Host').settings.tokens![0].from).toBe(`the AMI 'web.json#Golden' (ImdsSupport v2.0), ${UNLESS}`);
  });

  test.each<[string, unknown]>([['null', null], ['a text', 'Custom::ImdsRegisteredImage'], ['without a type', {}], ['of a type in a list', { Type: ['Custom::ImdsRegisteredImage'] }]])(
    'an image that is %s is no registered image', (_, golden) => {
      expect(inTemplate(GOLDEN, golden).tokensOf('Host')).toEqual(['unset']);
    });

  test.each<[string, unknown]>([
    ['an export of its own import', { 'Fn::ImportValue': 'odd' }],
    ...HOSTILE_NAMES.filter(([title]) => !title.endsWith('000 deep')).map(([title, value]): [string, unknown] => [title, value()]),
  ])('%s instead of an image is no image', (_, value) => {
    expect(inTemplate(value).tokensOf('Host')).toEqual(['unset']);
  });
});

test.each([['lists', '[', ']'], ['objects', '{"A":', '}'], ['conditions', '{"Fn::If":["C",', ',{"Ref":"AWS::NoValue"}]}']])(
  '40,000 nested %s instead of overrides refer to no image', (_, open, close) => {
    const Specification = JSON.stringify(latest('Template'));
    const deep = `${open.repeat(40_000)}"Golden"${close.repeat(40_000)}`;
    const context = writtenAs({
      'web.json': `{ "Resources": {
        "Golden": { "Type": "Custom::ImdsRegisteredImage" },
        "Template": { "Type": "AWS::EC2::LaunchTemplate", "Properties": { "LaunchTemplateData": { "ImageId": { "Ref": "Golden" } } } },
        "Group": { "Type": "${GROUP}", "Properties": {
          "MixedInstancesPolicy": { "LaunchTemplate": { "LaunchTemplateSpecification": ${Specification}, "Overrides": ${deep} } } } } } }`,
    });
    new Imdsv2Validator({ reports: [ImdsReport.json()] }).validate(context);
    const { tokensOf } = inReport(reportIn(context.directory));
    expect([tokensOf('Template'), tokensOf('Group')]).toEqual([['required'], expect.arrayContaining(['unset'])]);
  });

test('eight times as many overrides of a group take about eight times as long', () => {
  expectLinear(count => {
    const Overrides = Array.from({ length: count }, (_, index) => ({ ImageId: GOLDEN, LaunchTemplateSpecification: latest(`Template${index}`) }));
    const templates = Array.from({ length: count }, (_, index) => [`Template${index}`, { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: {} } }]);
    const LaunchTemplate = { LaunchTemplateSpecification: latest('Template0'), Overrides };
    const Group = { Type: GROUP, Properties: { MixedInstancesPolicy: { LaunchTemplate } } };
    const context = written({ 'web.json': { Resources: { Golden: { Type: 'Custom::ImdsRegisteredImage' }, Group, ...Object.fromEntries(templates) } } });
    new Imdsv2Validator({ reports: [ImdsReport.json()] }).validate(context);
    expect(inReport(reportIn(context.directory)).tokensOf('Group')).toContain('required');
  }, 4000);
});

describe('the constructs', () => {
  const blockDevices = [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebsFromSnapshot('snap-1234567890abcdef0') }];

  test.each<[string, (stack: Stack) => { readonly imageId: string }]>([
    ['RegisteredImage', stack => new RegisteredImage(stack, 'Image', { architecture: ImageArchitecture.ARM_64, blockDevices })],
    ['ImageImdsSupport', stack => new ImageImdsSupport(stack, 'Image', { imageId: ORDINARY, acknowledgeIrreversible: true })],
  ])('%s are images of the app', (_, construct) => {
    const { the } = reported(stack => instance(stack, 'Host', { ImageId: construct(stack).imageId }));
    expect(the('Host').settings.tokens).toEqual([
      { kind: 'set', value: 'required', unlessAccountDefault: true, from: `the AMI 'Stack/Image' (ImdsSupport v2.0), ${UNLESS}` },
    ]);
  });

  test('the name of an image is not its id', () => {
    const { tokensOf } = reported(stack => instance(stack, 'Host', { ImageId: new RegisteredImage(stack, 'Image', { architecture: ImageArchitecture.ARM_64, blockDevices }).imageName }));
    expect(tokensOf('Host')).toEqual(['unset']);
  });
});
