import { readFileSync } from 'fs';
import { join } from 'path';
import { RULES } from '../../src/policy/rules';

const PAGE = readFileSync(join(__dirname, '../../docs/warnings.md'), 'utf8');

test.each(Object.keys(RULES))('docs/warnings.md explains %s', id => {
  expect(PAGE).toContain(`| \`${id}\` |`);
});
