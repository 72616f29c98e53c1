import { readdirSync } from 'fs';
import { join } from 'path';
import { chapters } from '../../scripts/apps/documented-apps';
import { KNOWN_FINDINGS, WITHOUT_TEMPLATE } from '../../scripts/apps/known-findings';

const EXAMPLES = join(__dirname, '../../examples');

const blocks = chapters().flatMap(chapter => chapter.blocks).map(({ name }) => name);
const examples = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => `examples/${name}`);

test('the README, the pages and the docstrings have code', () => {
  expect(chapters().every(chapter => chapter.blocks.length > 1)).toBe(true);
});

test('no two blocks have one name', () => {
  expect(new Set(blocks).size).toBe(blocks.length);
});

test.each(Object.keys(KNOWN_FINDINGS))('%s, of which findings are known, is there', name => {
  expect([...blocks, ...examples]).toContain(name);
});

test.each(Object.keys(WITHOUT_TEMPLATE))('%s, which makes no template, is there', name => {
  expect(blocks).toContain(name);
});
