import type { Expected, Found } from '../../scripts/apps/verdict';
import { problemsOf } from '../../scripts/apps/verdict';

const finding = { rule: 'E1029', at: 'Stack/Topic', text: 'an embedded parameter' };
const known = { rule: 'E1029', at: 'Stack/Topic', reason: 'meant' };

const problems = (found: Partial<Found>, expected: Partial<Expected> = {}) =>
  problemsOf({ findings: [], isValidated: true, ...found }, { findings: [], ...expected });

test('an app without findings has no problem', () => {
  expect(problems({})).toEqual([]);
});

test('a finding is a problem', () => {
  expect(problems({ findings: [finding] })).toEqual(['E1029: Stack/Topic: an embedded parameter']);
});

test('a known finding is no problem', () => {
  expect(problems({ findings: [finding] }, { findings: [known] })).toEqual([]);
});

test.each([
  ['of the same rule elsewhere', { ...finding, at: 'Stack/Queue' }],
  ['of another rule at the same place', { ...finding, rule: 'E1010' }],
])('a finding %s is not known', (_, other) => {
  expect(problems({ findings: [finding, other] }, { findings: [known] })).toHaveLength(1);
});

test('a known finding that is not found has to be removed', () => {
  expect(problems({}, { findings: [known] })).toEqual([expect.stringContaining('take it out of KNOWN_FINDINGS')]);
});

test('an app without a template is a problem', () => {
  expect(problems({ isValidated: false })).toEqual([expect.stringContaining('it makes no template')]);
});

test('an app without a template is no problem if this is expected', () => {
  expect(problems({ isValidated: false }, { withoutTemplate: 'makes a value' })).toEqual([]);
});

test('an app with an unexpected template has to be removed', () => {
  expect(problems({}, { withoutTemplate: 'makes a value' })).toEqual([expect.stringContaining('take it out of WITHOUT_TEMPLATE')]);
});
