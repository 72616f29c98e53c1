/**
 * Writes the documentation that is generated out of the tables: `npm run docs`.
 */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { REQUIREMENTS } from '../src/policy/requirements';
import { ROWS } from '../src/resources/resource-types';
import { coveragePage } from './coverage-page';
import { ruleExamplesIn } from './rule-examples';
import { rulesPage } from './rules-page';

writeFileSync(join(__dirname, 'COVERAGE.md'), coveragePage(ROWS));
writeFileSync(join(__dirname, 'RULES.md'), rulesPage(REQUIREMENTS, ruleExamplesIn(join(__dirname, '../test/rules'))));
