/**
 * Writes the documentation that is generated out of the tables: `npm run docs`.
 */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { ROWS } from '../src/resources/resource-types';
import { coveragePage } from './coverage-page';

writeFileSync(join(__dirname, 'COVERAGE.md'), coveragePage(ROWS));
