import type { SdkSettings, SettingOfSdk } from '../src/transition/clients/sdk-settings';

const MARKS = { first: '<!-- the table of SDKs: written by `npm run docs` out of src/transition/clients/sdk-settings.ts -->', last: '<!-- end of the table of SDKs -->' };

const FALLBACKS: { readonly [fallback in SdkSettings['fallback']]: string } = {
  'where tokens fail': '403, 404, 405, no answer',
  'on any error': 'on any error',
  'never': 'never',
  'always': 'uses only IMDSv1',
};

const COLUMNS: readonly (readonly [SettingOfSdk, string])[] = [
  ['v1Fallback', '`V1_DISABLED`'], ['disabled', '`DISABLED`'], ['endpoint', 'endpoint'], ['endpointMode', 'mode'],
];

/** The page with the table as it is now. */
export function withSdkTable(page: string, table: readonly SdkSettings[]): string {
  const [before] = page.split(MARKS.first);
  const after = page.slice(page.indexOf(MARKS.last));
  return `${before}${MARKS.first}\n\n${tableOf(table)}\n\n${after}`;
}

function tableOf(table: readonly SdkSettings[]): string {
  const head = ['SDK', 'Falls back', ...COLUMNS.map(([, title]) => title), 'Note', 'Tested'];
  return [head, head.map(() => '---'), ...table.map(rowOf)].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf({ names, fallback, knows, note = '', measured = '' }: SdkSettings): readonly string[] {
  return [names[0], FALLBACKS[fallback], ...COLUMNS.map(([setting]) => knows.includes(setting) ? 'yes' : 'no'), note, measured];
}
