import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { guardFiles } from '../../docs/guard-files';
import { GuardRules, GuardSeverity, GuardTarget } from '../../src/guard/guard-rules';
import { ruleName } from '../../src/guard/names';
import { RECORDS } from '../../src/resources/all-records';
import { cfnGuard } from './cfn-guard';

const REPOSITORY = join(__dirname, '../..');
const FILES = guardFiles();
const ALL = GuardRules.render({ severity: GuardSeverity.ALL });

const namesIn = (rules: string) => [...rules.matchAll(/^rule (\w+)/gm)].map(([, name]) => name);

test.each(FILES)('$path matches the table (otherwise: npm run docs)', ({ path, text }) => {
  const file = join(REPOSITORY, path);
  expect(existsSync(file) && readFileSync(file, 'utf8')).toEqual(text);
});

test('cfn-guard test finds each file of rules with its cases, and every case has the expected result', () => {
  const { status, stdout } = cfnGuard('test', '--dir', join(REPOSITORY, 'guard'));
  expect(status).toEqual(0);
  const cases = FILES.filter(({ path }) => path.includes('/tests/')).flatMap(({ text }) => JSON.parse(text) as readonly unknown[]);
  expect(stdout.match(/^Test Case #/gm)).toHaveLength(cases.length);
});

test.each(FILES.filter(({ path }) => path.endsWith('.guard')))('every public rule of $path has a case in which it passes, fails and is skipped', ({ path, text }) => {
  const tests = FILES.find(file => file.path === path.replace('guard/', 'guard/tests/').replace('.guard', '_tests.json'))!;
  const cases = JSON.parse(tests.text) as readonly { readonly expectations: { readonly rules: { readonly [rule: string]: string } } }[];
  const outcomes = (rule: string) => [...new Set(cases.flatMap(({ expectations: { rules } }) => rules[rule] ?? []))].sort();
  for (const rule of namesIn(text).filter(name => name.startsWith('imdsv2_'))) {
    expect([rule, outcomes(rule)]).toEqual([rule, neverPasses(rule) ? ['FAIL', 'SKIP'] : ['FAIL', 'PASS', 'SKIP']]);
  }
});

test.each(RECORDS.flatMap(({ carriers }) => carriers))('$type has a rule for tokens, and one for its other settings', ({ type, dialect }) => {
  const { tokens, hopLimit, ...switches } = dialect.fields;
  const others = [...hopLimit ? ['hop_limit_at_most'] : [], ...hopLimit || Object.keys(switches).length > 0 ? ['values_accepted'] : []];
  expect(tokens).toBeDefined();
  expect(namesIn(ALL)).toEqual(expect.arrayContaining(['tokens_required', ...others].map(subject => ruleName(subject, type))));
});

test.each(RECORDS.flatMap(({ gaps }) => gaps))('$type has a rule that names what determines its tokens', ({ type, governedBy }) => {
  expect(namesIn(ALL)).toContain(ruleName('can_be_set', type));
  expect(ALL).toContain(governedBy);
});

test('no two rules have the same name', () => {
  expect(namesIn(ALL)).toHaveLength(new Set(namesIn(ALL)).size);
});

test('the rules for AWS Config fit into a custom policy rule', () => {
  expect(GuardRules.render({ target: GuardTarget.CONFIGURATION_ITEM, severity: GuardSeverity.ALL }).length).toBeLessThanOrEqual(10_000);
});

/** Whether a type has a gap with any properties. */
function neverPasses(rule: string): boolean {
  return RECORDS.some(({ type, gaps }) => ruleName('can_be_set', type) === rule && gaps.some(({ when }) => !when.present && !when.absent));
}
