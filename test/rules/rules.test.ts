import type { App } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib';
import { ImdsExemption } from '../../src';
import type { RuleId } from '../../src/policy/rules';
import { RULES } from '../../src/policy/rules';
import { scratchApp } from '../harness/scratch-app';
import { RULE_CASES } from './cases';
import { CHECKS, REPORT_ONLY, reportedIn, violatedIn } from './effects';
import type { RuleCase } from './rule-case';

/** The rules about exemptions themselves. */
const LAPSES: readonly RuleId[] = ['Imdsv2::ExemptionExpired', 'Imdsv2::ExemptionExpiring'];

const CHECKED = RULE_CASES.filter(({ through }) => through === 'check');
const ASKED = RULE_CASES.filter(({ through }) => through === 'asked');
const ENFORCED = RULE_CASES.filter(({ through }) => through === 'enforce');

const acknowledge = (app: App, id: RuleId) => Validations.of(app).acknowledge({ id, reason: 'known' });
const exempt = (app: App, rule: RuleId) => ImdsExemption.of(app).add({ rule, reason: 'known' });

test('every rule has a failing and a passing case', () => {
  expect(RULE_CASES.map(({ id }) => id).sort()).toEqual(Object.keys(RULES).sort());
});

test.each(RULE_CASES)('$id is found as in the table', ({ id, through }) => {
  expect(RULES[id].foundBy).toBe({ check: 'check', asked: 'dependencies', enforce: 'enforcement' }[through]);
});

describe.each(CHECKS)('by $title', ({ finds, idsIn }) => {
  const cases = CHECKED.filter(({ id }) => finds(id));

  test.each(cases)('only $id is found in the bad example', ({ id, today, bad }) => {
    expect(idsIn(bad, today)).toEqual([id]);
  });

  test.each(cases)('nothing is found in the good example of $id', ({ today, good }) => {
    expect(idsIn(good, today)).toEqual([]);
  });
});

describe('if the example adds the check', () => {
  const idsAfter = (build: (app: App) => void) => {
    const app = scratchApp(REPORT_ONLY);
    build(app);
    return violatedIn(app.synth().directory);
  };

  test.each(ASKED)('only $id is found in the bad example', ({ id, bad }) => {
    expect([...new Set(idsAfter(bad))]).toEqual([id]);
  });

  test.each(ASKED)('nothing is found in the good example of $id', ({ good }) => {
    expect(idsAfter(good)).toEqual([]);
  });

  test.each(ASKED)('an acknowledgement and an exemption hide $id', ({ id, bad }) => {
    expect(idsAfter(app => {
      bad(app);
      acknowledge(app, id);
    })).toEqual([]);
    expect(idsAfter(app => {
      bad(app);
      exempt(app, id);
    })).toEqual([]);
  });
});

describe('if the example enforces', () => {
  test.each(ENFORCED)('only $id is found in the bad example', ({ id, bad }) => {
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

type Settle = (app: App, id: RuleId) => unknown;

describe.each(CHECKS)('in front of $title', ({ finds, idsIn }) => {
  const cases = CHECKED.filter(({ id }) => finds(id));
  const after = ({ id, today, bad }: RuleCase, settle: Settle) => idsIn(app => {
    bad(app);
    settle(app, id);
  }, today);

  test.each(cases)('an acknowledgement hides $id', rule => {
    expect(after(rule, acknowledge)).toEqual([]);
  });

  test.each(cases.filter(({ id }) => !LAPSES.includes(id)))('an exemption hides $id', rule => {
    expect(after(rule, exempt)).toEqual([]);
  });

  test.each(cases.filter(({ id }) => LAPSES.includes(id)))('$id has no exemption', rule => {
    expect(() => after(rule, exempt)).toThrow('rule must be one that can be exempted');
  });
});

describe('if the example enforces, and exempts', () => {
  const failing = ENFORCED.filter(({ id }) => RULES[id].severity === 'error');
  const warning = ENFORCED.filter(rule => !failing.includes(rule));
  const after = ({ id, bad }: RuleCase, settle: Settle) => {
    const app = scratchApp();
    bad(app);
    settle(app, id);
    return reportedIn(app);
  };

  test.each(warning)('an acknowledgement hides $id', rule => {
    expect(after(rule, acknowledge)).toEqual([]);
  });

  test.each(failing)('no acknowledgement hides $id', rule => {
    expect(after(rule, acknowledge)).toEqual([rule.id]);
  });

  test.each(warning)('an exemption hides $id', rule => {
    expect(after(rule, exempt)).toEqual([]);
  });

  test.each(failing)('$id has no exemption', rule => {
    expect(() => after(rule, exempt)).toThrow('rule must be one that can be exempted');
  });
});
