import { readFileSync, readdirSync } from 'fs';
import { join, resolve } from 'path';

const REPOSITORY = resolve(__dirname, '../..');
const read = (...path: string[]) => readFileSync(join(REPOSITORY, ...path), 'utf8');
const WARNINGS = read('docs/warnings.md');

/** The files in a folder and its subfolders with this ending. */
function filesBelow(folder: string, end: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith(end)).map(file => join(folder, file));
}

/** The ids of the warnings in the code of a folder. */
function idsIn(folder: string): string[] {
  const sources = filesBelow(folder, '.ts').filter(file => !file.endsWith('.generated.ts')).map(file => read(file));
  return [...new Set(sources.flatMap(source => [...source.matchAll(/'(Imdsv2::\w+)'/g)].map(([, id]) => id)))].sort();
}

describe.each([['src/org', 'docs/guardrails.md', 'Imdsv2::ExemptionNotGuarded'], ['src/ami', 'docs/amis.md', 'Imdsv2::ImageInOtherStack'],
  ['src/transition/clients', 'docs/client-settings.md', 'Imdsv2::ClientSettingsLeft']])('the warnings of %s', (folder, page, known) => {
  test('are found', () => {
    expect(idsIn(folder)).toContain(known);
  });

  test.each(idsIn(folder))('%s is in docs/warnings.md, and on the page', id => {
    expect(WARNINGS).toContain(`\n| \`${id}\` |`);
    expect(read(page)).toContain(`\`${id}\``);
  });
});

test.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...filesBelow('docs', '.md')])('no table of %s is broken', page => {
  const blocks = read(page).replace(/^```[^]*?^```/gm, '').split('\n').map(line => line.startsWith('|') ? line : '').join('\n').split(/\n\n+/).map(block => block.trim());
  const broken = blocks.filter(block => block !== '' && !/^\|[^\n]*\n\|[ :|-]+\|(?:\n|$)/.test(block));
  expect(broken.map(block => block.split('\n')[0])).toEqual([]);
});
