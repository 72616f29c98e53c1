import { readFileSync } from 'fs';
import { join } from 'path';
import { RULES } from '../../src/policy/rules';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

test.each(Object.keys(RULES))('the README explains %s', id => {
  expect(README).toContain(`| \`${id}\` |`);
});
