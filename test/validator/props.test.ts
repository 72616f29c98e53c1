import type { App } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { FailOn, Imdsv2, Imdsv2Validator } from '../../src';
import type { Imdsv2CheckProps } from '../../src';
import { REQUIRED, checked, instance, launchTemplate, violationsIn } from '../check/checked';
import { scratchApp, scratchStack } from '../harness/scratch-app';

const TOKENS = 'Imdsv2::TokensRequired';
const UNKNOWN = 'Imdsv2::LaunchSourceUnknown';

/** An app with an error, and one with a warning. */
function withError(): App {
  const app = scratchApp();
  instance(scratchStack(app));
  return app;
}

function withWarning(): App {
  const app = scratchApp();
  new CfnResource(scratchStack(app), 'Group', {
    type: 'AWS::AutoScaling::AutoScalingGroup', properties: { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } },
  });
  return app;
}

describe('failOn', () => {
  test.each<[FailOn | undefined, string, string]>([
    [undefined, 'error', 'warning'],
    [FailOn.ERROR, 'error', 'warning'],
    [FailOn.WARNING, 'error', 'error'],
    [FailOn.NEVER, 'warning', 'warning'],
  ])('%p: an error is reported as %s, a warning as %s, and errors fail', (failOn, ofError, ofWarning) => {
    for (const [app, expected, rule] of [[withError(), ofError, TOKENS], [withWarning(), ofWarning, UNKNOWN]] as const) {
      const { failure, plugins, violations } = checked(app, { failOn });
      expect(violations.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([[rule, expected]]);
      expect(plugins.map(({ conclusion }) => conclusion)).toEqual([expected === 'error' ? 'failure' : 'success']);
      expect(failure === undefined).toBe(expected !== 'error');
    }
  });

  test('keeps the severity of the rule in the metadata', () => {
    expect(checked(withError(), { failOn: FailOn.NEVER }).violations[0].ruleMetadata.severity).toBe('error');
    expect(checked(withWarning(), { failOn: FailOn.WARNING }).violations[0].ruleMetadata.severity).toBe('warning');
  });
});

describe('rulesOff', () => {
  test('switches one rule off, and no other', () => {
    const app = scratchApp();
    const stack = scratchStack(app);
    instance(stack);
    launchTemplate(stack, 'Template', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 7 } });
    expect(checked(app, { rulesOff: [{ rule: TOKENS, reason: 'later' }] })).toMatchObject({
      failure: expect.not.stringContaining(TOKENS) as string, violations: [{ ruleName: 'Imdsv2::HopLimitTooHigh' }],
    });
  });

  test.each<[string, Imdsv2CheckProps, string]>([
    ['a rule that there is not', { rulesOff: [{ rule: 'Imdsv2::TokenRequired', reason: 'later' }] }, 'did you mean \'Imdsv2::TokensRequired\''],
    ['a rule without its prefix', { rulesOff: [{ rule: 'TokensRequired', reason: 'later' }] }, 'rule must be'],
    ['a rule named constructor', { rulesOff: [{ rule: 'constructor', reason: 'later' }] }, 'rule must be'],
    ['no reason', { rulesOff: [{ rule: TOKENS, reason: '' }] }, 'reason must'],
    ['a blank reason', { rulesOff: [{ rule: TOKENS, reason: ' \n' }] }, 'reason must'],
    ['a hop limit of 65', { maxHopLimit: 65 }, 'maxHopLimit must be'],
    ['a hop limit of 0', { containerHopLimit: 0 }, 'containerHopLimit must be'],
    ['a hop limit above the highest', { containerHopLimit: 4, maxHopLimit: 3 }, 'containerHopLimit must be at most maxHopLimit, which is 3, got 4'],
    ['a day that there is not', { today: '2026-02-30' }, 'today must be a day of the calendar'],
  ])('%s is rejected at once', (_, props, message) => {
    expect(() => Imdsv2.check(scratchApp(), props)).toThrow(message);
    expect(() => new Imdsv2Validator(props)).toThrow(message);
  });
});

describe('hop limits', () => {
  const withHops = (limit: number, isContainerHost = false) => {
    const app = scratchApp();
    const stack = scratchStack(app);
    const template = launchTemplate(stack, 'Template', { MetadataOptions: { ...REQUIRED.MetadataOptions, HttpPutResponseHopLimit: limit } });
    if (isContainerHost) {
      new CfnResource(stack, 'Nodes', { type: 'AWS::EKS::Nodegroup', properties: { LaunchTemplate: { Id: template.ref, Version: '$Latest' } } });
    }
    return app;
  };
  const place = (id: string) => `${id} Stack/Template Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit`;
  const TOO_HIGH = [place('Imdsv2::HopLimitTooHigh')];
  const TOO_LOW = [place('Imdsv2::ContainerHopLimit')];

  test.each<[number, Imdsv2CheckProps, readonly string[]]>([
    [2, {}, []],
    [3, {}, TOO_HIGH],
    [3, { maxHopLimit: 3 }, []],
    [3, { containerHopLimit: 3 }, []],
    [4, { containerHopLimit: 3 }, TOO_HIGH],
    [2, { maxHopLimit: 1, containerHopLimit: 1 }, TOO_HIGH],
  ])('a limit of %p is compared with %p', (limit, props, expected) => {
    expect(violationsIn(checked(withHops(limit), props))).toEqual(expected);
  });

  test.each<[number, Imdsv2CheckProps, readonly string[]]>([
    [1, {}, TOO_LOW],
    [2, {}, []],
    [2, { containerHopLimit: 3 }, TOO_LOW],
    [3, { containerHopLimit: 3 }, []],
    [1, { containerHopLimit: 1 }, []],
  ])('a limit of %p of a container host is compared with %p', (limit, props, expected) => {
    expect(violationsIn(checked(withHops(limit, true), props))).toEqual(expected);
  });
});
