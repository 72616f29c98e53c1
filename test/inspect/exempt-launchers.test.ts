import type { App } from 'aws-cdk-lib';
import { Annotations, Aspects, CfnCondition, CfnResource, Fn, Stack, Validations } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, CfnLaunchConfiguration } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { Imdsv2, ImdsExemption, RequireImdsv2 } from '../../src';
import { synthesized } from '../check/checked';
import { ONCE } from '../harness/doors';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';
import type { ThreeWays } from '../parity/three-ways';
import { threeWays, unanimous } from '../parity/three-ways';
import type { Verdicts } from '../parity/verdicts';

const TOKENS = 'Imdsv2::TokensRequired';
const WITHOUT_EFFECT = 'Imdsv2::ExemptionWithoutEffect';
const SIZE = { MinSize: '1', MaxSize: '1' };
const NO_VALUE = { Ref: 'AWS::NoValue' };

const exempt = (scope: IConstruct, rule = TOKENS, expires?: string) => ImdsExemption.of(scope).add({ rule, reason: 'the licence daemon supports only IMDSv1', expires });
const template = (scope: Stack, id = 'Template', httpTokens = 'optional') =>
  new CfnLaunchTemplate(scope, id, { launchTemplateData: { metadataOptions: { httpTokens } } });
const resource = (scope: Stack, type: string, properties: Json, id = 'Licences') => new CfnResource(scope, id, { type, properties });
const group = (scope: Stack, properties: Json) => resource(scope, 'AWS::AutoScaling::AutoScalingGroup', { ...SIZE, ...properties });
const instance = (scope: Stack, properties: Json) => resource(scope, 'AWS::EC2::Instance', properties);
const specification = ({ ref, attrLatestVersionNumber: version }: CfnLaunchTemplate) => ({ LaunchTemplateId: ref, Version: version });
const condition = (scope: Stack) => new CfnCondition(scope, 'C', { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), 'eu-west-1') }).logicalId;
const oneOf = (scope: Stack, whenTrue: unknown, whenFalse: unknown) => ({ 'Fn::If': [condition(scope), whenTrue, whenFalse] });
const mixed = (base: CfnLaunchTemplate, other: CfnLaunchTemplate) => ({
  MixedInstancesPolicy: {
    LaunchTemplate: { LaunchTemplateSpecification: specification(base), Overrides: [{ InstanceType: 't3.micro', LaunchTemplateSpecification: specification(other) }] },
  },
});

const EVERYBODY = { aspect: ['Stack/Licences'], validator: ['Stack/Licences'], pack: ['Stack/Licences'] };
const NOBODY = { aspect: [], validator: [], pack: [] };

/** The constructs whose exemptions have no effect, according to enforcement, validator and pack. */
function toldOf(ways: ThreeWays) {
  const told = (verdicts: Verdicts) => Object.keys(verdicts).filter(path => verdicts[path].includes(WITHOUT_EFFECT));
  return Object.fromEntries(Object.entries(ways).map(([way, verdicts]: [string, Verdicts]) => [way, told(verdicts)]));
}

// CDK prints additional findings of the validator beside the warnings of enforcement.
beforeEach(() => { jest.spyOn(console, 'error').mockImplementation(() => undefined); });

describe('an exempt launcher that gets its tokens from a source that is not exempt', () => {
  const LAUNCHERS: readonly (readonly [string, (stack: Stack) => CfnResource])[] = [
    ['a group', stack => group(stack, { LaunchTemplate: specification(template(stack)) })],
    ['a group with a mixed instances policy', stack => group(stack, mixed(template(stack), template(stack, 'Other')))],
    ['a group with a condition', stack =>
      group(stack, { LaunchTemplate: oneOf(stack, specification(template(stack)), specification(template(stack, 'Other'))) })],
    ['a group with a launch configuration', stack =>
      group(stack, { LaunchConfigurationName: new CfnLaunchConfiguration(stack, 'Template', { imageId: 'ami-1', instanceType: 't3.micro' }).ref })],
    ['an instance', stack => instance(stack, { LaunchTemplate: specification(template(stack)) })],
    ['an instance with a hop limit', stack =>
      instance(stack, { LaunchTemplate: specification(template(stack)), MetadataOptions: { HttpPutResponseHopLimit: 1 } })],
    ['a fleet', stack => resource(stack, 'AWS::EC2::EC2Fleet', {
      TargetCapacitySpecification: { TotalTargetCapacity: 1 },
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification: specification(template(stack)) }],
    })],
    ['a node group', stack => resource(stack, 'AWS::EKS::Nodegroup', {
      ClusterName: 'c', NodeRole: 'r', Subnets: ['s'], LaunchTemplate: { Id: template(stack).ref, Version: Fn.getAtt('Template', 'LatestVersionNumber') },
    })],
    ['a capacity provider', stack => {
      const { ref } = new CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate: { launchTemplateId: template(stack).ref, version: '$Latest' } });
      return resource(stack, 'AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: { AutoScalingGroupArn: ref } });
    }],
    ['an environment', stack => {
      const { ref } = resource(stack, 'AWS::ElasticBeanstalk::ConfigurationTemplate', { ApplicationName: 'a' }, 'Template');
      return resource(stack, 'AWS::ElasticBeanstalk::Environment', { ApplicationName: 'a', TemplateName: ref });
    }],
  ];

  test.each(LAUNCHERS)('%s: all three report this, about the launcher only', (_, build) => {
    const { asWritten, enforced } = threeWays(app => { exempt(build(scratchStack(app))); });
    expect([asWritten, enforced].map(toldOf)).toEqual([EVERYBODY, EVERYBODY]);
  });

  test('in an exempt stack without the template', () => {
    const { asWritten, enforced } = threeWays(app => {
      const shared = template(scratchStack(app, 'Shared'));
      const stack = scratchStack(app);
      group(stack, { LaunchTemplate: { LaunchTemplateId: shared.ref, Version: shared.attrLatestVersionNumber } });
      exempt(stack);
    });
    expect(asWritten).toEqual(unanimous({ 'Shared/Template': [TOKENS], 'Stack/Licences': [WITHOUT_EFFECT] }));
    expect(enforced).toEqual(unanimous({ 'Stack/Licences': [WITHOUT_EFFECT] }));
  });

  test.each<readonly [string, (scope: IConstruct) => void]>([
    ['Validations', scope => Validations.of(scope).acknowledge({ id: TOKENS, reason: 'known' })],
    ['Annotations', scope => Annotations.of(scope).acknowledgeWarning(TOKENS, 'known')],
  ])('with an acknowledgement of CDK, with %s', (_, acknowledge) => {
    const { asWritten, enforced } = threeWays(app => {
      const stack = scratchStack(app);
      acknowledge(group(stack, { LaunchTemplate: specification(template(stack)) }));
    });
    expect([asWritten, enforced].map(toldOf)).toEqual([EVERYBODY, EVERYBODY]);
  });

  test('that enables its endpoint itself, and so gets required tokens anyway', () => {
    const { enforced } = threeWays(app => {
      const stack = scratchStack(app);
      exempt(instance(stack, { LaunchTemplate: specification(template(stack)), MetadataOptions: { HttpEndpoint: 'enabled' } }));
    });
    expect(enforced).toEqual(unanimous({ 'Stack/Licences': [WITHOUT_EFFECT] }));
  });

  test.each(ONCE)('in both orders, by %s', (_, door) => {
    for (const isFirst of [true, false]) {
      const stack = scratchStack();
      const before = isFirst ? template(stack) : undefined;
      const launcher = new CfnAutoScalingGroup(stack, 'Licences', { minSize: '1', maxSize: '1' });
      const { ref: launchTemplateId, attrLatestVersionNumber: version } = before ?? template(stack);
      launcher.launchTemplate = { launchTemplateId, version };
      exempt(launcher);
      door(stack);
      door(stack);
      expect(synthesize(stack).reports.filter(({ id }) => id !== 'Imdsv2::ReplacesResource')).toEqual([{
        at: 'Stack/Licences',
        level: 'warning',
        id: WITHOUT_EFFECT,
        text: expect.stringMatching(
          /^the exemption from Imdsv2::TokensRequired has no effect here, because its tokens come from the launch template 'Stack\/Template', which is not exempt; exempt that/,
        ),
      }]);
    }
  });

  test('an exemption from an aspect, after the template was enforced', () => {
    const stack = scratchStack();
    const { ref: launchTemplateId, attrLatestVersionNumber: version } = template(stack);
    new CfnAutoScalingGroup(stack, 'Licences', { minSize: '1', maxSize: '1', launchTemplate: { launchTemplateId, version } });
    Aspects.of(stack).add({ visit: node => { if (node instanceof CfnAutoScalingGroup) { exempt(node); } } });
    Imdsv2.enforce(stack);
    expect(synthesize(stack).reports).toMatchObject([{ at: 'Stack/Licences', id: WITHOUT_EFFECT }]);
  });
});

describe('no report', () => {
  const LAUNCHERS: readonly (readonly [string, (stack: Stack) => unknown])[] = [
    ['of a template that is exempt, too', stack => {
      const both = template(stack);
      exempt(both);
      exempt(group(stack, { LaunchTemplate: specification(both) }));
    }],
    ['of an exemption that the template is in, too', stack => {
      group(stack, { LaunchTemplate: specification(template(stack)) });
      exempt(stack);
    }],
    ['of an exemption from another rule', stack => exempt(group(stack, { LaunchTemplate: specification(template(stack)) }), 'Imdsv2::VersionNotFollowed')],
    ['of an exemption that has ended', stack => exempt(group(stack, { LaunchTemplate: specification(template(stack)) }), TOKENS, '2020-01-01')],
    ['of one exempt template among two', stack => {
      const other = template(stack, 'Other');
      exempt(other);
      exempt(group(stack, { LaunchTemplate: oneOf(stack, specification(template(stack)), specification(other)) }));
    }],
    ['of another version', stack => exempt(group(stack, { LaunchTemplate: { LaunchTemplateId: template(stack).ref, Version: '1' } }))],
    ['of $Latest where the service looks it up once', stack => exempt(resource(stack, 'AWS::EKS::Nodegroup', {
      ClusterName: 'c', NodeRole: 'r', Subnets: ['s'], LaunchTemplate: { Id: template(stack).ref, Version: '$Latest' },
    }))],
    ['of a template outside of the app', stack => exempt(group(stack, { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } }))],
    ['of one template outside of the app among two', stack => exempt(group(stack, {
      LaunchTemplate: oneOf(stack, specification(template(stack)), { LaunchTemplateId: 'lt-1', Version: '$Latest' }),
    }))],
    ['of an instance that sets tokens', stack => exempt(instance(stack, { LaunchTemplate: specification(template(stack)), MetadataOptions: { HttpTokens: 'optional' } }))],
    ['of an instance that sets tokens under a condition', stack => exempt(instance(stack, {
      LaunchTemplate: specification(template(stack)), MetadataOptions: oneOf(stack, { HttpTokens: 'optional' }, NO_VALUE),
    }))],
    ['of an instance with unreadable options', stack => exempt(instance(stack, {
      LaunchTemplate: specification(template(stack)), MetadataOptions: { 'Fn::Transform': { Name: 'Options' } },
    }))],
    ['of an instance without the service', stack => exempt(instance(stack, { LaunchTemplate: specification(template(stack)), MetadataOptions: { HttpEndpoint: 'disabled' } }))],
    ['of an instance with a template under a condition', stack => exempt(instance(stack, { LaunchTemplate: oneOf(stack, specification(template(stack)), NO_VALUE) }))],
    ['of a node group with a template under a condition', stack => exempt(resource(stack, 'AWS::EKS::Nodegroup', {
      ClusterName: 'c', NodeRole: 'r', Subnets: ['s'], LaunchTemplate: oneOf(stack, { Id: template(stack).ref, Version: Fn.getAtt('Template', 'LatestVersionNumber') }, NO_VALUE),
    }))],
    ['of a fleet with a launch override that sets tokens', stack => exempt(resource(stack, 'AWS::EC2::EC2Fleet', {
      Type: 'instant',
      TargetCapacitySpecification: { TotalTargetCapacity: 1 },
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification: specification(template(stack)), Overrides: [{ MetadataOptions: { HttpTokens: 'optional' } }] }],
    }))],
  ];

  test.each(LAUNCHERS)('%s', (_, build) => {
    const { asWritten, enforced } = threeWays(app => { build(scratchStack(app)); });
    expect([asWritten, enforced].map(toldOf)).toEqual([NOBODY, NOBODY]);
  });
});

describe('a template outside the enforced or checked part', () => {
  const build = (app: App, httpTokens: string) => {
    const shared = template(scratchStack(app, 'Shared'), 'Template', httpTokens);
    const stack = scratchStack(app);
    const launchTemplate = { launchTemplateId: shared.ref, version: shared.attrLatestVersionNumber };
    exempt(new CfnInstance(stack, 'Licences', { launchTemplate }));
    return stack;
  };
  const WAYS: readonly (readonly [string, (stack: Stack) => readonly unknown[]])[] = [
    ['checked', stack => {
      Imdsv2.check(stack);
      return synthesized(stack.node.root as App).violations.map(({ ruleName }) => ruleName);
    }],
    ['enforced', stack => {
      Aspects.of(stack).add(new RequireImdsv2());
      return synthesize(stack).reports.map(({ id }) => id).filter(id => id?.startsWith('Imdsv2::'));
    }],
  ];

  test.each(WAYS)('decides if it requires tokens: the launcher is %s', (_, found) => {
    expect(found(build(scratchApp(), 'required'))).toEqual([WITHOUT_EFFECT]);
  });

  test.each(WAYS)('and the launcher needs the exemption if it does not: it is %s', (_, found) => {
    expect(found(build(scratchApp(), 'optional'))).toEqual([]);
  });
});
