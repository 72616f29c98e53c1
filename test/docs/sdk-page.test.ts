import { readFileSync } from 'fs';
import { join } from 'path';
import { sdkPage } from '../../docs/sdk-page';
import { SDKS } from '../../src/sdks/sdk-table';

test('docs/sdk-support.md matches the table (otherwise: npm run docs)', () => {
  expect(readFileSync(join(__dirname, '../../docs/sdk-support.md'), 'utf8')).toBe(sdkPage(SDKS));
});
