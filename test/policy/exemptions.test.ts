import { Annotations, App, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { endOfExemption } from '../../src/inspect/ending-exemptions';
import { findingText } from '../../src/inspect/finding-text';
import { Exemptions, todayOf } from '../../src/policy/exemptions';
import type { ImdsExemptionProps } from '../../src/policy/imds-exemption';
import { ImdsExemption } from '../../src/policy/imds-exemption';
import type { RuleId } from '../../src/policy/rules';

const RULE: RuleId = 'Imdsv2::TokensRequired';
const TODAY = '2026-01-15';

const exempt = (scope: IConstruct, changed: Partial<ImdsExemptionProps> = {}) =>
  ImdsExemption.of(scope).add({ rule: RULE, reason: 'legacy agent', ...changed });
const acknowledge = (scope: IConstruct, reason = 'seen', id: string = RULE) => Validations.of(scope).acknowledge({ id, reason });
const covering = (construct: IConstruct, id: RuleId = RULE, today = TODAY) => new Exemptions(today).covering(construct, id);

/** A resource in a nested scope, in a stack, in a stage inside a stage, in an app. */
function ladder() {
  const app = new App();
  const stage = new Stage(app, 'Stage');
  const inner = new Stage(stage, 'Inner');
  const stack = new Stack(inner, 'Stack');
  const group = new Construct(stack, 'Group');
  const resource = new CfnResource(group, 'Resource', { type: 'AWS::EC2::Instance' });
  return { app, stage, inner, stack, group, resource };
}
const RUNGS = ['app', 'stage', 'inner', 'stack', 'group', 'resource'] as const;

describe('a resource is exempt', () => {
  test.each(RUNGS)('by an exemption on the %s', rung => {
    const tree = ladder();
    exempt(tree[rung], { owner: 'team-x', ticket: 'SEC-1', expires: '2026-06-30' });
    expect(covering(tree.resource)).toEqual({
      id: RULE, scope: expect.anything(), reason: 'legacy agent', owner: 'team-x', ticket: 'SEC-1', expires: '2026-06-30', isAppliedByCdk: false,
    });
    expect(covering(tree.resource)?.scope).toBe(tree[rung]);
  });

  test.each(RUNGS)('by an acknowledgement through Validations on the %s', rung => {
    const tree = ladder();
    acknowledge(tree[rung]);
    expect(covering(tree.resource)).toEqual({ id: RULE, scope: expect.anything(), reason: 'seen', isAppliedByCdk: true, acknowledgedAs: RULE });
    expect(covering(tree.resource)?.scope).toBe(tree[rung]);
  });

  test.each(RUNGS)('by an acknowledgement through Annotations on the %s, which has no reason', rung => {
    const tree = ladder();
    Annotations.of(tree[rung]).acknowledgeWarning(RULE, 'seen');
    expect(covering(tree.resource)).toEqual({ id: RULE, scope: expect.anything(), reason: 'acknowledged without a reason', isAppliedByCdk: false });
    expect(covering(tree.resource)?.scope).toBe(tree[rung]);
  });

  test('in a tree without an app', () => {
    const group = new Construct(new Construct(undefined as unknown as Construct, ''), 'Group');
    acknowledge(group.node.root);
    expect(covering(group)).toMatchObject({ reason: 'seen' });
    exempt(group.node.root);
    expect(covering(group)).toMatchObject({ reason: 'legacy agent' });
  });

  test('by an exemption that was added after the first look-up of the same reader', () => {
    const { stack, group, resource } = ladder();
    const exemptions = new Exemptions(TODAY);
    expect(exemptions.covering(resource, RULE)).toBeUndefined();
    acknowledge(stack);
    expect(exemptions.covering(resource, RULE)).toMatchObject({ reason: 'seen' });
    exempt(group);
    expect(exemptions.covering(resource, RULE)).toMatchObject({ reason: 'legacy agent' });
  });

  test.each([undefined, '', ' '])('by an acknowledgement with the reason %p', reason => {
    const { resource } = ladder();
    Validations.of(resource).acknowledge({ id: RULE, reason: reason as string });
    expect(covering(resource)?.reason).toBe('acknowledged without a reason');
  });
});

describe('a resource is not exempt', () => {
  test('without any exemption', () => {
    expect(covering(ladder().resource)).toBeUndefined();
  });

  test.each<[string, (scope: IConstruct) => void]>([
    ['an exemption', scope => exempt(scope, { rule: 'Imdsv2::CannotBeSet' })],
    ['an acknowledgement', scope => acknowledge(scope, 'seen', 'Imdsv2::CannotBeSet')],
    ['an acknowledgement through Annotations', scope => Annotations.of(scope).acknowledgeWarning('Imdsv2::CannotBeSet')],
    ['an acknowledgement without the prefix', scope => acknowledge(scope, 'seen', 'TokensRequired')],
  ])('by %s from another rule', (_, write) => {
    const { resource } = ladder();
    write(resource);
    expect(covering(resource)).toBeUndefined();
  });

  test.each<[string, (scope: IConstruct) => void]>([
    ['an exemption', scope => exempt(scope)],
    ['an acknowledgement', scope => acknowledge(scope)],
    ['an acknowledgement through Annotations', scope => Annotations.of(scope).acknowledgeWarning(RULE)],
  ])('by %s beside it or below it', (_, write) => {
    const { group, stack, resource } = ladder();
    write(new Construct(group, 'Resource2'));
    write(new Construct(stack, 'Grou'));
    write(new Construct(resource, 'Child'));
    expect(covering(resource)).toBeUndefined();
  });

  test('by an acknowledgement that is limited to other occurrences, if CDK supports that', () => {
    const { stack, resource } = ladder();
    Validations.of(stack).acknowledge({ id: RULE, reason: 'seen', ...{ where: { property: 'HttpTokens' } } });
    Annotations.of(resource).addWarningV2(RULE, 'a warning');
    const silencedByCdk = !resource.node.metadata.some(({ type }) => type === 'aws:cdk:warning');
    expect(covering(resource) !== undefined).toBe(silencedByCdk);

    acknowledge(stack, 'all of them');
    expect(covering(resource)).toMatchObject({ reason: 'all of them' });
  });
});

describe('of several', () => {
  test('the nearest exemption counts', () => {
    const { app, group, stack, resource } = ladder();
    exempt(group, { reason: 'group' });
    exempt(stack, { reason: 'stack' });
    exempt(app, { reason: 'app' });
    expect(covering(resource)).toMatchObject({ reason: 'group' });
  });

  test('the nearest acknowledgement counts', () => {
    const { app, group, resource } = ladder();
    acknowledge(app, 'app');
    acknowledge(group, 'group');
    expect(covering(resource)).toMatchObject({ reason: 'group' });
  });

  test('the last acknowledgement on a scope counts, as in CDK', () => {
    const { group, resource } = ladder();
    acknowledge(group, 'first');
    acknowledge(group, 'last');
    expect(covering(resource)).toMatchObject({ reason: 'last' });
  });

  test('a distant exemption takes precedence over a near acknowledgement', () => {
    const { app, resource } = ladder();
    acknowledge(resource);
    exempt(app);
    expect(covering(resource)).toMatchObject({ reason: 'legacy agent' });
  });

  test.each([
    [['2026-01-01', '2026-06-30'], '2026-06-30'],
    [['2026-06-30', '2026-01-01'], '2026-06-30'],
    [['2026-01-01', undefined], undefined],
    [['2026-06-30', '2026-03-31'], '2026-03-31'],
    [['2026-01-01', '2025-01-01', '2026-01-16', '2026-01-15'], '2026-01-16'],
  ])('on one scope, %j, the last valid one counts', (all, expires) => {
    const { group, resource } = ladder();
    for (const each of all) { exempt(group, { expires: each }); }
    expect(covering(resource)).toMatchObject({ reason: 'legacy agent', expires });
  });

  test('after an expired one, one above it counts, or an acknowledgement', () => {
    const { app, stack, group, resource } = ladder();
    exempt(group, { expires: '2026-01-01' });
    expect(covering(resource)).toBeUndefined();
    acknowledge(app);
    expect(covering(resource)).toMatchObject({ reason: 'seen' });
    exempt(stack, { reason: 'stack' });
    expect(covering(resource)).toMatchObject({ reason: 'stack' });
  });
});

/** Days, the end of an exemption, and the days until then. */
const DAYS: readonly (readonly [today: string, expires: string, daysLeft: number])[] = [
  ['2026-01-15', '2026-01-14', -1],
  ['2026-01-15', '2026-01-15', 0],
  ['2026-01-15', '2026-01-16', 1],
  ['2026-01-15', '2026-02-14', 30],
  ['2026-01-15', '2026-02-15', 31],
  ['2025-12-31', '2026-01-01', 1],
  ['2026-01-01', '2025-12-31', -1],
  ['2025-12-02', '2026-01-01', 30],
  ['2025-12-01', '2026-01-01', 31],
  ['2024-02-28', '2024-02-29', 1],
  ['2024-02-29', '2024-02-29', 0],
  ['2024-02-29', '2024-03-01', 1],
  ['2024-02-28', '2024-03-01', 2],
  ['2026-02-28', '2026-03-01', 1],
  ['2024-02-01', '2024-03-02', 30],
  ['2024-02-01', '2024-03-03', 31],
  ['2026-03-15', '2026-04-14', 30],
  ['2026-10-15', '2026-11-15', 31],
  ['2026-01-15', '2036-01-15', 3652],
];

describe.each(DAYS)('on %s, an exemption that expires on %s', (today, expires, daysLeft) => {
  const { group, resource } = ladder();
  exempt(group, { expires });

  test(daysLeft > 0 ? 'holds' : 'does not hold', () => {
    expect(covering(resource, RULE, today) !== undefined).toBe(daysLeft > 0);
  });

  test(daysLeft > 30 ? 'is not mentioned' : `is said to have ${daysLeft} days left`, () => {
    const kind = daysLeft > 0 ? 'expiring' : 'expired';
    expect(new Exemptions(today).endingOn(group).map(ending => [ending.kind, ending.daysLeft])).toEqual(daysLeft > 30 ? [] : [[kind, daysLeft]]);
  });
});

describe('ending exemptions', () => {
  test.each<[Partial<ImdsExemptionProps>, string]>([
    [{ expires: '2026-01-15' }, "the exemption from Imdsv2::TokensRequired (reason: 'legacy agent') expired on 2026-01-15 and is no longer valid"],
    [{ expires: '2026-01-01' }, "the exemption from Imdsv2::TokensRequired (reason: 'legacy agent') expired on 2026-01-01 and is no longer valid"],
    [
      { expires: '2026-01-01', owner: 'team-x', ticket: 'SEC-1' },
      "the exemption from Imdsv2::TokensRequired (reason: 'legacy agent', owner: 'team-x', ticket: 'SEC-1') expired on 2026-01-01 and is no longer valid",
    ],
    [
      { expires: '2026-01-16', ticket: 'SEC-1' },
      "the exemption from Imdsv2::TokensRequired (reason: 'legacy agent', ticket: 'SEC-1') expires on 2026-01-16, in 1 day",
    ],
    [
      { rule: 'Imdsv2::CannotBeSet', expires: '2026-01-27', owner: 'team-x' },
      "the exemption from Imdsv2::CannotBeSet (reason: 'legacy agent', owner: 'team-x') expires on 2026-01-27, in 12 days",
    ],
  ])('are reported for %j', (exemption, message) => {
    const { stack } = ladder();
    exempt(stack, exemption);
    expect(new Exemptions(TODAY).endingOn(stack).map(ending => findingText(endOfExemption(ending)))).toEqual([message]);
  });

  test('are not reported if one above is valid for longer, or if there is an acknowledgement', () => {
    const { stack, group } = ladder();
    const ends = () => new Exemptions(TODAY).endingOn(group).map(({ kind }) => kind);
    exempt(group, { expires: '2026-01-01' });
    exempt(stack, { expires: '2026-01-20' });
    expect(ends()).toEqual(['expired']);
    exempt(stack, { rule: 'Imdsv2::CannotBeSet' });
    expect(ends()).toEqual(['expired']);
    exempt(stack, { expires: '2027-01-01' });
    expect(ends()).toEqual([]);
    const other = ladder();
    exempt(other.group, { expires: '2026-01-16' });
    Validations.of(other.stack).acknowledge({ id: 'Imdsv2::TokensRequired', reason: 'known' });
    expect(new Exemptions(TODAY).endingOn(other.group)).toEqual([]);
  });

  test('have the exempt construct', () => {
    const { stack } = ladder();
    exempt(stack, { expires: '2026-01-01', owner: 'team-x' });
    const [{ exemption }] = new Exemptions(TODAY).endingOn(stack);
    expect({ ...exemption, scope: undefined }).toEqual({ id: RULE, reason: 'legacy agent', owner: 'team-x', expires: '2026-01-01', isAppliedByCdk: false });
    expect(exemption.scope).toBe(stack);
  });

  test('are searched on this construct only', () => {
    const { app, stack, group } = ladder();
    exempt(app, { expires: '2026-01-01' });
    exempt(group, { expires: '2026-01-01' });
    expect(new Exemptions(TODAY).endingOn(stack)).toEqual([]);
  });

  test('are all of them, in the order in which they were added', () => {
    const { stack } = ladder();
    for (const expires of ['2026-01-20', '2026-01-01']) { exempt(stack, { expires }); }
    expect(new Exemptions(TODAY).endingOn(stack).map(({ kind }) => kind)).toEqual(['expiring', 'expired']);
  });

  test.each([['2026-12-31'], [undefined]])('do not include one that another one on the same scope outlasts, until %p', expires => {
    const { stack } = ladder();
    exempt(stack, { expires: '2026-01-01' });
    exempt(stack, { expires });
    expect(new Exemptions(TODAY).endingOn(stack)).toEqual([]);
  });

  test('do not include acknowledgements', () => {
    const { stack } = ladder();
    acknowledge(stack);
    expect(new Exemptions(TODAY).endingOn(stack)).toEqual([]);
  });
});

describe('today', () => {
  test.each(['2026-01-15', '2024-02-29', '2026-12-31'])('is %s if that is given', date => {
    expect(todayOf(date)).toBe(date);
  });

  test.each([
    ['2026-01-15T00:00:00.000Z', '2026-01-15'],
    ['2026-01-15T23:59:59.999Z', '2026-01-15'],
    ['2026-01-01T00:30:00+02:00', '2025-12-31'],
    ['2025-12-31T23:30:00-02:00', '2026-01-01'],
  ])('is the day in UTC if the clock is %s', (now, today) => {
    jest.useFakeTimers({ now: new Date(now) });
    try {
      expect(todayOf(undefined)).toBe(today);
    } finally {
      jest.useRealTimers();
    }
  });

  test.each<[unknown, string]>([
    ['2026-02-30', "'2026-02-30'"], ['2026-1-5', "'2026-1-5'"], ['', "''"], ['today', "'today'"], [null, 'null'], [20260115, '20260115'],
  ])('is rejected if it is %p', (date, got) => {
    const message = `today must be a day of the calendar as YYYY-MM-DD, got ${got}`;
    expect(() => todayOf(date as string)).toThrow(message);
    expect(() => new Exemptions(date as string)).toThrow(message);
  });
});
