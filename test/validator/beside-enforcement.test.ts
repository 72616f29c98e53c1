import { AspectPriority, Aspects, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ContainerHost, FailOn, ImdsExemption, Imdsv2 } from '../../src';
import type { RequireImdsv2Props } from '../../src';
import type { RuleId } from '../../src/policy/rules';
import { GOT_OPTIONAL, OPTIONAL, REQUIRED, appOf, checked, instance, launchTemplate, violationsIn, synthesized } from '../check/checked';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';

const TOKENS = 'MetadataOptions.HttpTokens';
const weak = (path: string) => `Imdsv2::TokensRequired ${path} Properties.${TOKENS}`;
const QUIET = { failure: undefined, plugins: [], violations: [], suppressed: [] };

/** Adds an aspect that weakens every instance after enforcement, in an app whose tree is not validated. */
function weakenLater(scope: IConstruct): void {
  const visit = (node: IConstruct) => {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::EC2::Instance') { node.addPropertyOverride(TOKENS, 'optional'); }
  };
  Aspects.of(scope).add({ visit }, { priority: AspectPriority.READONLY + 100 });
}

/** A stack that writes resources that are not in the construct tree. */
class Secretive extends Stack {
  public _toCloudFormation(): Json {
    const template = super._toCloudFormation() as Json;
    return { ...template, Resources: { ...template.Resources as Json, Hidden: { Type: 'AWS::EC2::Instance', Properties: OPTIONAL } } };
  }
}

/** Reports that enforcement makes itself: the same rule, as a warning. */
const WARNED: readonly [string, (stack: Stack) => unknown][] = [
  ['unreadable options', stack => instance(stack, 'Host', { MetadataOptions: { 'Fn::FindInMap': ['A', 'B', 'C'] } })],
  ['a value that AWS does not accept', stack => instance(stack, 'Host', { MetadataOptions: { HttpEndpoint: 'on' } })],
  ['a resource without the setting', stack => new CfnResource(stack, 'Bundle', { type: 'AWS::Lightsail::Instance', properties: {} })],
  ['a launch from a template outside the app', stack => new CfnResource(stack, 'Group', {
    type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } },
  })],
  ['a hop limit that is too high', stack => instance(stack, 'Host', { MetadataOptions: { HttpPutResponseHopLimit: 9 } })],
  ['an exemption that has ended', stack => ImdsExemption.of(instance(stack, 'Host')).add({ rule: 'Imdsv2::TokensRequired', reason: 'x', expires: '2020-01-01' })],
];

/** Findings of rules with the severity error, besides those about tokens. */
const FAILED_BY_CHECKS: readonly [string, RuleId, (stack: Stack) => CfnResource][] = [
  ['a hop limit that EC2 does not accept', 'Imdsv2::ValueNotAccepted', stack => instance(stack, 'Host', { MetadataOptions: { HttpPutResponseHopLimit: 99 } })],
  ['options that cannot be read', 'Imdsv2::OptionsUnreadable', stack => instance(stack, 'Host', { MetadataOptions: { 'Fn::Transform': { Name: 'x' } } })],
  ['a setting of Beanstalk that cannot be read', 'Imdsv2::OptionsUnreadable', stack => new CfnResource(stack, 'Host', {
    type: 'AWS::ElasticBeanstalk::Environment', properties: { ApplicationName: 'shop', OptionSettings: { 'Fn::Transform': { Name: 'x' } } },
  })],
  ['an IPv6 endpoint on a type without it', 'Imdsv2::Ipv6NotSupported', stack =>
    instance(stack, 'Host', { InstanceType: 't2.micro', MetadataOptions: { HttpProtocolIpv6: 'enabled' } })],
  ['a type that cannot require tokens', 'Imdsv2::CannotBeSet', stack => new CfnResource(stack, 'Host', { type: 'AWS::Lightsail::Instance', properties: {} })],
];

describe('Imdsv2.enforce() alone', () => {
  test.each<[string, (stack: Stack) => unknown]>([
    ['nothing launches', () => undefined],
    ['tokens are required already', stack => instance(stack, 'Host', REQUIRED)],
    ['tokens are required by it', stack => instance(stack)],
    ['something is exempted', stack => ImdsExemption.of(instance(stack)).add({ rule: 'Imdsv2::TokensRequired', reason: 'known' })],
    ...WARNED,
  ])('has no violations if it corrected, warned or skipped a resource: %s', (_, build) => {
    const stack = scratchStack();
    build(stack);
    Imdsv2.enforce(appOf(stack));
    expect(synthesized(appOf(stack))).toEqual(QUIET);
  });

  test('shows acknowledged violations as suppressed, as a check does', () => {
    const stack = scratchStack();
    Validations.of(instance(stack)).acknowledge({ id: 'Imdsv2::TokensRequired', reason: 'known' });
    Imdsv2.enforce(appOf(stack));
    const { failure, violations, suppressed } = synthesized(appOf(stack));
    expect({ failure, violations, suppressed: violationsIn({ violations: suppressed }) }).toEqual({ failure: undefined, violations: [], suppressed: [weak('Stack/Instance')] });
  });

  describe.each<[string, (scope: IConstruct) => unknown]>([
    ['ImdsExemption', scope => ImdsExemption.of(scope).add({ rule: 'Imdsv2::TokensRequired', reason: 'known' })],
    ['an acknowledgement', scope => Validations.of(scope).acknowledge({ id: 'Imdsv2::TokensRequired', reason: 'known' })],
    ['an acknowledgement by the id that the pack prints', scope => Validations.of(scope).acknowledge({ id: 'Imdsv2::Imdsv2-TokensRequired', reason: 'known' })],
  ])('does not fail because of resources that it skips for %s', (__, exempt) => {
    test.each(FAILED_BY_CHECKS)('%s', (_, rule, build) => {
      for (const scopeOf of [(resource: CfnResource) => resource, ({ stack }: CfnResource) => stack, ({ node }: CfnResource) => node.root]) {
        const stack = scratchStack();
        exempt(scopeOf(build(stack)));
        Imdsv2.enforce(appOf(stack));
        const { failure, violations } = synthesized(appOf(stack));
        const others = violations.filter(({ ruleName }) => ruleName === rule);
        expect([failure, ...new Set(violations.map(({ severity }) => severity)), ...new Set(others.map(({ severity }) => severity))])
          .toEqual([undefined, 'warning', 'warning']);
      }
    });
  });

  test('does not fail because of a later exempt resource', () => {
    const stack = scratchStack();
    Imdsv2.enforce(appOf(stack));
    ImdsExemption.of(stack).add({ rule: 'Imdsv2::TokensRequired', reason: 'known' });
    Aspects.of(stack).add({
      visit: node => { if (node === stack) { instance(stack, 'Late', { MetadataOptions: { HttpEndpoint: 'on' } }); } },
    }, { priority: AspectPriority.READONLY + 100 });
    const { failure, violations } = synthesized(appOf(stack), { skipValidation: true });
    expect([failure, ...violationsIn({ violations })]).toEqual([undefined, 'Imdsv2::ValueNotAccepted Stack/Late Properties.MetadataOptions.HttpEndpoint']);
  });

  test('reports remaining faults once, for any number of enforced scopes', () => {
    const stack = scratchStack();
    instance(stack);
    Imdsv2.enforce(appOf(stack));
    Imdsv2.enforce(stack);
    Imdsv2.enforce(stack);
    weakenLater(stack);
    const { violations } = synthesized(appOf(stack), { skipValidation: true });
    expect(violationsIn({ violations })).toEqual([weak('Stack/Instance')]);
  });

  test('fails because of later weakening, if CDK skips the validation of the tree', () => {
    const stack = scratchStack();
    instance(stack);
    Imdsv2.enforce(appOf(stack));
    weakenLater(stack);
    const { failure, violations } = synthesized(appOf(stack), { skipValidation: true });
    expect(violationsIn({ violations })).toEqual([weak('Stack/Instance')]);
    expect(violations[0].severity).toBe('error');
    expect(failure).toContain(GOT_OPTIONAL);
  });

  test('warns about a rule that was violated later in another place of a resource with a warning', () => {
    const stack = scratchStack();
    const host = instance(stack, 'Host', { MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'on' } });
    Imdsv2.enforce(appOf(stack));
    Aspects.of(stack).add(
      { visit: node => { if (node === host) { host.addPropertyOverride('MetadataOptions.InstanceMetadataTags', 'maybe'); } } },
      { priority: AspectPriority.READONLY + 100 },
    );
    const { failure, violations } = synthesized(appOf(stack), { skipValidation: true });
    expect(violationsIn({ violations })).toEqual(['Imdsv2::ValueNotAccepted Stack/Host Properties.MetadataOptions.InstanceMetadataTags']);
    expect([violations[0].severity, failure]).toEqual(['warning', undefined]);
  });

  test("fails because of resources that a user\'s class writes itself", () => {
    const app = scratchApp();
    new Secretive(app, 'Stack');
    Imdsv2.enforce(app);
    expect(violationsIn(synthesized(app))).toEqual([weak('Stack')]);
  });

  test('of a part of an app does not report the rest', () => {
    const app = scratchApp();
    instance(scratchStack(app, 'Other'));
    const stack = scratchStack(app);
    instance(stack);
    Imdsv2.enforce(stack);
    expect(synthesized(app)).toEqual(QUIET);
  });

  test('checks the settings that it should fill in', () => {
    const app = scratchApp();
    launchTemplate(scratchStack(app), 'Template', { MetadataOptions: { HttpPutResponseHopLimit: 4 } });
    Imdsv2.enforce(app, { maxHopLimit: 4 });
    expect(synthesized(app)).toEqual(QUIET);
  });

  test('evaluates the end of exemptions for the given day', () => {
    const app = scratchApp();
    ImdsExemption.of(instance(scratchStack(app))).add({ rule: 'Imdsv2::TokensRequired', reason: 'x', expires: '2020-02-01' });
    Imdsv2.enforce(app, { today: '2020-01-01' });
    expect(synthesized(app)).toEqual(QUIET);
  });
});

describe('Imdsv2.enforce() and Imdsv2.check() together', () => {
  test('nothing is reported twice: enforcement leaves its findings to the check', () => {
    const app = scratchApp();
    const stack = scratchStack(app);
    new CfnResource(stack, 'Blog', { type: 'AWS::Lightsail::Instance', properties: {} });
    Imdsv2.enforce(app);
    Imdsv2.check(app);
    Imdsv2.check(app);
    expect(violationsIn(synthesized(app))).toEqual(['Imdsv2::CannotBeSet Stack/Blog Properties']);
    expect(stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning'))).toEqual([]);
  });

  test('a second check reports faults that the first one does not', () => {
    const app = scratchApp();
    instance(scratchStack(app), 'Host', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 9 } });
    Imdsv2.check(app, { rulesOff: [{ rule: 'Imdsv2::HopLimitTooHigh', reason: 'known' }] });
    Imdsv2.check(app);
    expect(violationsIn(synthesized(app))).toHaveLength(1);
  });

  test('the check has no findings that enforcement fixed', () => {
    const app = scratchApp();
    instance(scratchStack(app));
    instance(scratchStack(new Stage(app, 'Production')));
    Imdsv2.enforce(app);
    expect(checked(app)).toEqual(QUIET);
  });

  test.each(WARNED)('the check reports the warnings of enforcement: %s', (_, build) => {
    const [alone, both] = [false, true].map(isEnforced => {
      const stack = scratchStack();
      build(stack);
      if (isEnforced) { Imdsv2.enforce(appOf(stack)); }
      return violationsIn(checked(appOf(stack)));
    });
    expect(both.length).toBeGreaterThan(0);
    expect(both).toEqual(alone.filter(words => both.includes(words) || !words.startsWith('Imdsv2::TokensRequired')));
  });

  test.each([['enforcement', true], ['the check', false]])('nothing is reported twice, in any order: %s', (_, isEnforcedFirst) => {
    const stack = scratchStack();
    instance(stack);
    weakenLater(stack);
    const calls = [() => Imdsv2.enforce(appOf(stack)), () => Imdsv2.check(appOf(stack))];
    (isEnforcedFirst ? calls : calls.reverse()).forEach(call => call());
    expect(violationsIn(synthesized(appOf(stack), { skipValidation: true }))).toEqual([weak('Stack/Instance')]);
  });

  test('nothing without a construct is reported twice', () => {
    const app = scratchApp();
    const stack = new Secretive(app, 'Stack');
    Imdsv2.enforce(app);
    Imdsv2.check(stack);
    expect(violationsIn(synthesized(app))).toEqual([weak('Stack')]);
  });

  test('unchecked parts are still reported', () => {
    const app = scratchApp();
    const [stack, other] = ['Stack', 'Other'].map(id => new Secretive(app, id));
    Imdsv2.enforce(app);
    Imdsv2.check(stack, { failOn: FailOn.NEVER });
    const { violations } = synthesized(app);
    expect(violations.map(violation => [violation.severity, ...violationsIn({ violations: [violation] })]).sort())
      .toEqual([['error', weak(other.node.path)], ['warning', weak(stack.node.path)]]);
  });

  describe('hop limits', () => {
    const found = (limit: number, props: RequireImdsv2Props, ofCheck: Parameters<typeof Imdsv2.check>[1] = {}) => {
      const app = scratchApp();
      const stack = scratchStack(app);
      launchTemplate(stack, 'Template', { MetadataOptions: { HttpPutResponseHopLimit: limit } });
      Imdsv2.enforce(stack, props);
      return checked(app, ofCheck).violations.map(({ description }) => description.replace(/^.*HopLimit must/, 'must'));
    };

    test('are those of enforcement if the check sets none', () => {
      expect(found(4, { maxHopLimit: 4 })).toEqual([]);
      expect(found(2, { maxHopLimit: 1, containerHopLimit: 1 })).toEqual(['must be at most 1, got 2']);
    });

    test('are those of the check if it sets some', () => {
      expect(found(4, { maxHopLimit: 4 }, { maxHopLimit: 3 })).toEqual(['must be at most 3, got 4']);
      expect(found(2, { maxHopLimit: 1, containerHopLimit: 1 }, { maxHopLimit: 2 })).toEqual([]);
    });

    test.each<[string, number, RequireImdsv2Props, Parameters<typeof Imdsv2.check>[1], string[]]>([
      ['the lowest one, if the check sets the highest', 1, { containerHopLimit: 1 }, { maxHopLimit: 5 }, []],
      ['the highest one, if the check sets the lowest', 4, { maxHopLimit: 4 }, { containerHopLimit: 2 }, []],
      ['neither, if the check sets both', 1, { containerHopLimit: 1 }, { containerHopLimit: 2, maxHopLimit: 2 }, ['must be at least 2, got 1']],
      ['the lowest one, but not more than the highest of the check', 3, { containerHopLimit: 3, maxHopLimit: 3 }, { maxHopLimit: 2 }, ['must be at most 2, got 3']],
      ['the highest one, unless the lowest of the check is higher', 3, {}, { containerHopLimit: 3 }, []],
    ])('on a container host are those of enforcement by themselves: %s', (_, limit, props, ofCheck, texts) => {
      const app = scratchApp();
      const stack = scratchStack(app);
      launchTemplate(stack, 'Host', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: limit } }).with(new ContainerHost());
      Imdsv2.enforce(stack, props);
      expect(checked(app, ofCheck).violations.map(({ description }) => description.replace(/^.*HopLimit must/, 'must').replace(/, because.*/, ''))).toEqual(texts);
    });

    test('are those of the check without enforcement', () => {
      const app = scratchApp();
      launchTemplate(scratchStack(app, 'Other'), 'Template', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 4 } });
      Imdsv2.enforce(scratchStack(app), { maxHopLimit: 4 });
      expect(checked(app).violations.map(({ ruleName }) => ruleName)).toEqual(['Imdsv2::HopLimitTooHigh']);
    });
  });
});
