import { readFileSync } from 'fs';
import { join } from 'path';
import { coveragePage } from '../../docs/coverage-page';
import { ROWS } from '../../src/resources/resource-types';

const COMMITTED = readFileSync(join(__dirname, '../../docs/COVERAGE.md'), 'utf8');

test('docs/COVERAGE.md is what the table says (otherwise: npm run docs)', () => {
  expect(coveragePage(ROWS)).toEqual(COMMITTED);
});

test.each(ROWS.map(row => [row.kind, row.type, row] as const))('the page has a line for the %s %s', (_kind, type, row) => {
  const lines = coveragePage([row]).split('\n').filter(line => line.startsWith(`| \`${type}\` `));

  const hasKeys = row.kind === 'carrier' && row.dialect.conditionKeys;
  expect(lines).toHaveLength(hasKeys ? 3 : 2); // among the types, in the section of its kind, and among the condition keys
});

test('a type with rows of two kinds is listed once among the types', () => {
  const rows = ROWS.filter(row => row.type === 'AWS::EKS::Nodegroup');

  expect(coveragePage(rows)).toContain('| `AWS::EKS::Nodegroup` |  | yes | sometimes |');
});
