import { readFileSync } from 'fs';
import { join } from 'path';
import { withSdkTable } from '../../docs/client-settings-page';
import { SDK_SETTINGS } from '../../src/transition/clients/sdk-settings';

const COMMITTED = readFileSync(join(__dirname, '../../docs/client-settings.md'), 'utf8');

test('the table in docs/client-settings.md matches the data (otherwise: npm run docs)', () => {
  expect(withSdkTable(COMMITTED, SDK_SETTINGS)).toEqual(COMMITTED);
});

test('settings that an SDK does not support are named', () => {
  const [row] = withSdkTable(COMMITTED, SDK_SETTINGS.filter(({ names }) => names[0] === 'AWS SDK for Kotlin')).match(/^\| AWS SDK .*$/m)!;
  expect(row).toBe('| AWS SDK for Kotlin | never | no | yes | yes | yes | the setting is not needed |  |');
});
