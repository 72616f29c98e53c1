import type { App } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib';
import { ImdsExemption } from '../../src';
import type { RequirementId } from '../../src/policy/requirements';
import { REQUIREMENTS } from '../../src/policy/requirements';
import { scratchApp } from '../harness/scratch-app';
import { RULE_CASES } from './cases';
import { CHECKS, ENFORCEMENT, reportedIn } from './effects';
import type { RuleCase } from './rule-case';

/** What is said of exemptions themselves. */
const LAPSES: readonly RequirementId[] = ['Imdsv2::ExemptionExpired', 'Imdsv2::ExemptionExpiring'];

const CHECKED = RULE_CASES.filter(({ through }) => through === 'check');
const ENFORCED = RULE_CASES.filter(({ through }) => through === 'enforce');

test('every requirement has a failing and a passing case', () => {
  expect(RULE_CASES.map(({ id }) => id).sort()).toEqual(Object.keys(REQUIREMENTS).sort());
});

test.each(RULE_CASES)('$id is found by what the table says', ({ id, through }) => {
  expect(REQUIREMENTS[id].foundBy).toBe(through === 'check' ? 'every effect' : 'enforcement');
});

test.each(CHECKED)('some effect finds $id', ({ id }) => {
  expect(CHECKS.some(({ finds }) => finds(id))).toBe(true);
});

describe.each(CHECKS)('by $title', ({ finds, idsIn }) => {
  const cases = CHECKED.filter(({ id }) => finds(id));

  test.each(cases)('$id is found, and nothing else, in the bad example', ({ id, today, bad }) => {
    const app = scratchApp();
    bad(app);
    expect(idsIn(app, today)).toEqual([id]);
  });

  test.each(cases)('nothing is found in the good example of $id', ({ today, good }) => {
    const app = scratchApp();
    good(app);
    expect(idsIn(app, today)).toEqual([]);
  });
});

describe('where the example enforces', () => {
  test.each(ENFORCED)('$id is found, and nothing else, in the bad example', ({ id, bad }) => {
    const app = scratchApp();
    bad(app);
    expect(reportedIn(app)).toEqual([id]);
  });

  test.each(ENFORCED)('nothing is found in the good example of $id', ({ good }) => {
    const app = scratchApp();
    good(app);
    expect(reportedIn(app)).toEqual([]);
  });
});

/** What is reported of a bad example once its finding is dealt with on the app. */
function reportedAfter({ id, through, today, bad }: RuleCase, settle: (app: App, id: RequirementId) => unknown): readonly string[] {
  const app = scratchApp();
  bad(app);
  settle(app, id);
  return through === 'check' ? ENFORCEMENT.idsIn(app, today) : reportedIn(app);
}

describe('in front of enforcement', () => {
  const spoken = RULE_CASES.filter(({ id }) => ENFORCEMENT.finds(id));
  const failing = spoken.filter(({ id, through }) => through === 'enforce' && REQUIREMENTS[id].severity === 'error');
  const warning = spoken.filter(rule => !failing.includes(rule));
  const acknowledge = (app: App, id: RequirementId) => Validations.of(app).acknowledge({ id, reason: 'known' });
  const exempt = (app: App, rule: RequirementId) => ImdsExemption.of(app).add({ rule, reason: 'known' });

  test.each(warning)('an acknowledgement settles $id', rule => {
    expect(reportedAfter(rule, () => undefined)).toEqual([rule.id]);
    expect(reportedAfter(rule, acknowledge)).toEqual([]);
  });

  test.each(failing)('no acknowledgement settles $id', rule => {
    expect(reportedAfter(rule, acknowledge)).toEqual([rule.id]);
  });

  test.each(warning.filter(({ id }) => !LAPSES.includes(id)))('an exemption settles $id', rule => {
    expect(reportedAfter(rule, exempt)).toEqual([]);
  });

  test.each([...failing, ...warning.filter(({ id }) => LAPSES.includes(id))])('there is no exemption from $id', rule => {
    expect(() => reportedAfter(rule, exempt)).toThrow('rule must be one that can be exempted');
  });
});
