import { readFileSync } from 'fs';
import { join } from 'path';
import { coveragePage } from '../../docs/coverage-page';
import { RECORDS } from '../../src/resources/all-records';

const COMMITTED = readFileSync(join(__dirname, '../../docs/COVERAGE.md'), 'utf8');

test('docs/COVERAGE.md matches the records (otherwise: npm run docs)', () => {
  expect(coveragePage(RECORDS)).toEqual(COMMITTED);
});

test.each(RECORDS)('the page has a line for $type among the types, and one for each known fact', record => {
  const { type, carriers, launchesFrom, gaps } = record;
  const lines = coveragePage([record]).split('\n').filter(line => line.startsWith(`| \`${type}\` `));

  const keys = carriers.filter(({ dialect }) => dialect.conditionKeys);
  expect(lines).toHaveLength(1 + carriers.length + keys.length + (launchesFrom ? 1 : 0) + gaps.length);
});

test('the description of a type is on one line', () => {
  expect(coveragePage(RECORDS)).toContain('| `AWS::EKS::Nodegroup` |  | yes | sometimes |');
});
