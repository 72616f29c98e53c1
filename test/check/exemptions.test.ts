import { Annotations, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { FailOn, ImdsExemption, Imdsv2 } from '../../src';
import type { ImdsExemptionProps, Imdsv2CheckProps } from '../../src';
import type { Json } from '../harness/json';
import { scratchApp, scratchStack } from '../harness/scratch-app';
import { OPTIONAL, checked, instance, violationsIn, suppressedIn, synthesized } from './checked';

const rule = 'Imdsv2::TokensRequired';
const PATH = 'Production/Stack/Instance';
const WEAK = `${rule} ${PATH} Properties.MetadataOptions.HttpTokens`;
const TODAY = '2026-06-15';

/** An instance in a stack in a stage, with fixed names. */
function site(context: Json = {}) {
  const app = scratchApp(context);
  const stage = new Stage(app, 'Production');
  const stack = scratchStack(stage);
  return { app, stage, stack, resource: instance(stack) };
}

type Site = ReturnType<typeof site>;
const SCOPES: readonly (keyof Site)[] = ['resource', 'stack', 'stage', 'app'];
const pathOf = (scope: IConstruct) => scope.node.path;

describe('an acknowledgement', () => {
  test.each(SCOPES)('on the %s suppresses a violation, and nothing fails', name => {
    const scopes = site();
    Validations.of(scopes[name]).acknowledge({ id: rule, reason: 'the agent speaks IMDSv1 only' });
    const result = checked(scopes.app);
    expect(result).toMatchObject({ failure: undefined, violations: [], plugins: [{ conclusion: 'success' }] });
    expect(suppressedIn(result)).toEqual([WEAK]);
    expect(result.suppressed[0]).toMatchObject({ acknowledgedId: rule, reason: 'the agent speaks IMDSv1 only' });
    expect(result.suppressed[0].acknowledgedAt ?? '').toBe(pathOf(scopes[name]));
  });

  test('keeps the violation visible, with the place that created the construct', () => {
    const { app, resource } = site({ 'aws:cdk:disable-stack-trace': false });
    Validations.of(resource).acknowledge({ id: rule, reason: 'known' });
    expect(String(checked(app).suppressed[0].violatingConstructs[0].stackTraces)).toContain('checked.ts');
  });

  test('of one resource has no effect on the others', () => {
    const { app, stack, resource } = site();
    instance(stack, 'Other');
    Validations.of(resource).acknowledge({ id: rule, reason: 'known' });
    const result = checked(app);
    expect(suppressedIn(result)).toEqual([WEAK]);
    expect(violationsIn(result)).toEqual([WEAK.replace('Instance', 'Other')]);
    expect(result.failure).toContain(rule);
  });

  test('of another rule changes nothing', () => {
    const { app, resource } = site();
    Validations.of(resource).acknowledge({ id: 'Imdsv2::CannotBeSet', reason: 'known' });
    expect(violationsIn(checked(app))).toEqual([WEAK]);
  });

  test('of a warning that fails the synthesis lets it pass', () => {
    const { app, stack } = site();
    Validations.of(stack).acknowledge({ id: rule, reason: 'known' });
    expect(checked(app, { failOn: FailOn.WARNING }).failure).toBeUndefined();
  });

  test('of a warning, in the form of Annotations, removes a violation', () => {
    const { app, resource } = site();
    Annotations.of(resource).acknowledgeWarning(rule, 'known');
    expect(checked(app)).toMatchObject({ failure: undefined, violations: [] });
  });

  test('on a stack includes resources that the stack writes itself', () => {
    class Own extends Stack {
      public _toCloudFormation(): Json {
        return { Resources: { Host: { Type: 'AWS::EC2::Instance', Properties: OPTIONAL } } };
      }
    }
    const app = scratchApp();
    Validations.of(new Own(app, 'Own')).acknowledge({ id: rule, reason: 'known' });
    const result = checked(app);
    expect(result).toMatchObject({ failure: undefined, violations: [] });
    expect(result.suppressed.map(({ acknowledgedAt }) => acknowledgedAt)).toEqual(['Own']);
  });
});

describe('an exemption', () => {
  test.each(SCOPES)('on the %s removes a violation', name => {
    const scopes = site();
    ImdsExemption.of(scopes[name]).add({ rule, reason: 'the agent speaks IMDSv1 only', owner: 'storage', expires: '2026-12-31' });
    expect(checked(scopes.app, { today: TODAY })).toEqual({ failure: undefined, plugins: [], violations: [], suppressed: [] });
  });

  test('of one resource has no effect on the others', () => {
    const { app, stack, resource } = site();
    instance(stack, 'Other');
    ImdsExemption.of(resource).add({ rule, reason: 'known' });
    expect(violationsIn(checked(app))).toEqual([WEAK.replace('Instance', 'Other')]);
  });

  const ending: readonly [string, string, readonly string[], boolean][] = [
    ['2026-06-15', 'has ended', ['Imdsv2::ExemptionExpired Production/Stack/Instance', WEAK], true],
    ['2026-06-16', 'holds for a day', ['Imdsv2::ExemptionExpiring Production/Stack/Instance'], false],
    ['2026-07-15', 'holds for a month', ['Imdsv2::ExemptionExpiring Production/Stack/Instance'], false],
    ['2026-07-16', 'holds longer', [], false],
  ];

  test.each(ending)('until %s %s', (expires, _, expected, fails) => {
    const { app, resource } = site();
    ImdsExemption.of(resource).add({ rule, reason: 'known', owner: 'storage', expires });
    const result = checked(app, { today: TODAY });
    expect(violationsIn(result)).toEqual([...expected].sort());
    expect(result.failure !== undefined).toBe(fails);
  });

  test('that ends names its owner', () => {
    const { app, stage } = site();
    ImdsExemption.of(stage).add({ rule, reason: 'known', owner: 'storage', expires: '2026-06-20' });
    const { violations } = checked(app, { today: TODAY });
    expect(violations).toEqual([expect.objectContaining({
      ruleName: 'Imdsv2::ExemptionExpiring',
      description: `the exemption from ${rule} (reason: 'known', owner: 'storage') expires on 2026-06-20, in 5 days`,
      violatingConstructs: [expect.objectContaining({ constructPath: 'Production' })],
    })]);
  });

  describe('an expired exemption', () => {
    const ended: ImdsExemptionProps = { rule, reason: 'known', expires: '2026-01-01' };
    const lapses = (scopes: Site, scope: IConstruct, props: Imdsv2CheckProps = {}) => {
      Imdsv2.check(scope, { today: TODAY, ...props });
      return violationsIn(synthesized(scopes.app)).filter(words => words.startsWith('Imdsv2::ExemptionExpired'));
    };

    test.each(SCOPES)('on the %s is reported if the resource is checked', name => {
      const scopes = site();
      ImdsExemption.of(scopes[name]).add(ended);
      expect(lapses(scopes, scopes.resource)).toEqual([`Imdsv2::ExemptionExpired ${pathOf(scopes[name])}`]);
    });

    test('on another construct is not reported', () => {
      const scopes = site();
      ImdsExemption.of(instance(scopes.stack, 'Other')).add(ended);
      ImdsExemption.of(instance(scratchStack(scopes.app, 'Other'))).add(ended);
      expect(lapses(scopes, scopes.resource)).toEqual([]);
    });

    test('is not reported if its rule is switched off', () => {
      const scopes = site();
      ImdsExemption.of(scopes.stack).add(ended);
      expect(lapses(scopes, scopes.app, { rulesOff: [{ rule: 'Imdsv2::ExemptionExpired', reason: 'an other system watches' }] })).toEqual([]);
    });
  });
});
