import { readFileSync } from 'fs';
import { join } from 'path';
import { REQUIREMENTS } from '../../src/policy/requirements';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

test.each(Object.keys(REQUIREMENTS))('the README explains %s', id => {
  expect(README).toContain(`| \`${id}\` |`);
});
