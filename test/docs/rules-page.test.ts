import { readFileSync } from 'fs';
import { join } from 'path';
import { examplesOf, ruleExamplesIn, ruleImportsIn } from '../../docs/rule-examples';
import { rulesPage } from '../../docs/rules-page';
import { Imdsv2NagChecks } from '../../src/nag';
import { RULES } from '../../src/policy/rules';
import { RULE_CASES } from '../rules/cases';

const EXAMPLES = ruleExamplesIn(join(__dirname, '../rules'));
const IMPORTS = ruleImportsIn(join(__dirname, '../rules'));
const PAGE = rulesPage(RULES, EXAMPLES, IMPORTS);
const COMMITTED = readFileSync(join(__dirname, '../../docs/RULES.md'), 'utf8');

/** The texts of the page about a rule. */
const sectionOf = (id: string) => PAGE.split('\n## ').find(section => section.startsWith(`${id}\n`)) ?? '';

test('docs/RULES.md matches the table and the cases (otherwise: npm run docs)', () => {
  expect(PAGE).toEqual(COMMITTED);
});

test('the page has the imports of each class in its examples', () => {
  const imported = new Set([...IMPORTS.matchAll(/[{,] (?:\w+ as )?(\w+)/g)].map(([, name]) => name));
  const created = [...EXAMPLES.values()].flatMap(({ bad, good }) => [...`${bad}\n${good}`.matchAll(/\bnew ([A-Z]\w+)|\b([A-Z]\w+)\.\w+\(/g)].map(([, name, other]) => name ?? other));
  expect(created.filter(name => !imported.has(name))).toEqual([]);
  expect(IMPORTS).toContain("from 'cdk-imdsv2';");
  expect(PAGE).toContain(IMPORTS);
});

describe.each(Object.entries(RULES))('%s', (id, rule) => {
  test('is listed with a link to its section', () => {
    expect(PAGE).toContain(`| [\`${id}\`](#${id.toLowerCase().replace('::', '')}) | ${rule.severity} |`);
  });

  test('has the texts of the table in its section', () => {
    const section = sectionOf(id);
    const { severity, explanation, fix, see, controls = [] } = rule;
    for (const text of [`\`${severity}\``, explanation, fix, `](${see})`, ...controls.map(control => `| \`${control.id}\` | ${control.framework} |`)]) {
      expect(section).toContain(text);
    }
  });

  test('has an example that is reported, and one that is not', () => {
    const { bad, good } = EXAMPLES.get(id)!;
    const [, first, second, ...more] = sectionOf(id).split('```ts\n').map(part => part.split('\n```')[0]);
    expect([first, second, ...more]).toEqual([bad, good]);
    expect(bad).not.toEqual(good);
  });

  test('has the day of its examples if they have one', () => {
    const { today } = RULE_CASES.find(one => one.id === id)!;
    expect(sectionOf(id)).toContain(today ? `Reported, on ${today}:` : 'Reported:');
  });
});

test('has a reason if it cannot be exempted', () => {
  expect(sectionOf('Imdsv2::StageNotEnforced')).toMatch(/it cannot be acknowledged or exempted, because enforcement did not visit the stage/);
  expect(sectionOf('Imdsv2::ExemptionExpired')).toMatch(/acknowledge\(.*it cannot be exempted, because it goes away when/);
  expect(sectionOf('Imdsv2::TokensRequired')).toMatch(/acknowledge\(.*, or `ImdsExemption\.of\(scope\)\.add\(/);
});

test('a rule without an example is rejected', () => {
  expect(() => rulesPage(RULES, new Map(), '')).toThrow('Imdsv2::TokensRequired has no example');
});

test('an example is the body of its method, without indentation', () => {
  const source = [
    'export const CASES = [{',
    "  id: 'One',",
    "  today: '2027-01-01',",
    '  bad(app) {',
    '    one(app, {',
    '      two,',
    '    });',
    '',
    '    three();',
    '  },',
    '  good(app) {',
    '    four();',
    '  },',
    "}, { id: 'Other' }];",
  ].join('\n');

  expect(examplesOf(source)).toEqual([['One', { bad: 'one(app, {\n  two,\n});\n\nthree();', good: 'four();', today: '2027-01-01' }]]);
});

test.each(new Imdsv2NagChecks().ruleIds!)('the page has %s of the pack for cdk-nag', id => {
  expect(PAGE).toContain(`- Id in the cdk-nag pack: \`${id}\``);
});
