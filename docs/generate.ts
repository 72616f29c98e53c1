/**
 * Writes what is generated out of the tables, the Guard rules of the package among it: `npm run docs`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { RULES } from '../src/policy/rules';
import { RECORDS } from '../src/resources/all-records';
import { SDKS } from '../src/sdks/sdk-table';
import { SDK_SETTINGS } from '../src/transition/clients/sdk-settings';
import { ImdsConfigRule } from '../src/transition/config/imds-config-rule';
import { withSdkTable } from './client-settings-page';
import { withConfigRules } from './config-rules-page';
import { coveragePage } from './coverage-page';
import { guardFiles } from './guard-files';
import { ruleExamplesIn, ruleImportsIn } from './rule-examples';
import { rulesPage } from './rules-page';
import { sdkPage } from './sdk-page';

writeFileSync(join(__dirname, 'COVERAGE.md'), coveragePage(RECORDS));
const ruleCases = join(__dirname, '../test/rules');
writeFileSync(join(__dirname, 'RULES.md'), rulesPage(RULES, ruleExamplesIn(ruleCases), ruleImportsIn(ruleCases)));
writeFileSync(join(__dirname, 'sdk-support.md'), sdkPage(SDKS));
const clientSettings = join(__dirname, 'client-settings.md');
writeFileSync(clientSettings, withSdkTable(readFileSync(clientSettings, 'utf8'), SDK_SETTINGS));
const configRules = join(__dirname, 'config-rules.md');
writeFileSync(configRules, withConfigRules(readFileSync(configRules, 'utf8'), ImdsConfigRule.all()));
for (const { path, text } of guardFiles()) {
  const file = join(__dirname, '..', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
