import { readFileSync } from 'fs';
import { join } from 'path';
import { Construct } from 'constructs';
import * as exported from '../../src';

const PAGE = readFileSync(join(__dirname, '../../docs/threat-model.md'), 'utf8');

/** The first cells of the page's tables. */
const ROWS = PAGE.split('\n').filter(line => line.startsWith('| ')).map(line => line.split('|')[1]);

const CONSTRUCTS = Object.entries(exported).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct).map(([name]) => name);

test('there are constructs to search for', () => {
  expect(CONSTRUCTS).toContain('ImdsGuardHook');
});

test.each([...CONSTRUCTS, 'Imdsv2.enforce()', 'Imdsv2.check()', 'Imdsv2NagChecks', 'GuardRules', 'ImdsStatements'])('the threat model has a row for %s', name => {
  expect(ROWS.some(cell => cell.includes(`\`${name}\``))).toBe(true);
});
