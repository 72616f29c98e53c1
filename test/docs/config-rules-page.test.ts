import { readFileSync } from 'fs';
import { join } from 'path';
import { withConfigRules } from '../../docs/config-rules-page';
import { ImdsConfigRule } from '../../src/transition/config/imds-config-rule';

const COMMITTED = readFileSync(join(__dirname, '../../docs/config-rules.md'), 'utf8');

test('the rules in docs/config-rules.md match the data (otherwise: npm run docs)', () => {
  expect(withConfigRules(COMMITTED, ImdsConfigRule.all())).toEqual(COMMITTED);
});

test('a rule has its parameter, its blind spots and its substitute', () => {
  const row = /^\| \[`EC2_TOKEN_HOP_LIMIT_CHECK`\].*$/m.exec(withConfigRules(COMMITTED, ImdsConfigRule.managed()))?.[0];
  expect(row).toMatch(/\| `AWS::EC2::Instance` \| `tokenHopLimit` \| A hop limit that is too low for containers \| .*cn-north-1.* \| `imdsv2-instance-hop-limit` \|$/);
});
