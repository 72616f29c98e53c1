import { readFileSync, readdirSync } from 'fs';
import { join, parse } from 'path';
import { Construct } from 'constructs';
import { chapters, isCode } from '../../scripts/apps/documented-apps';
import { KNOWN_FINDINGS, WITHOUT_TEMPLATE } from '../../scripts/apps/expectations';
import * as library from '../../src';

const EXAMPLES = join(__dirname, '../../examples');
const FORMS = join(__dirname, '../../scripts/apps/forms');

/** The constructs of users. */
const CONSTRUCTS = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct).map(([name]) => name);

const blocks = chapters().flatMap(chapter => chapter.blocks).map(({ name }) => name);
const examples = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => `examples/${name}`);
const forms = readdirSync(FORMS).map(file => `forms/${parse(file).name}`);
const code = [...chapters().flatMap(chapter => chapter.blocks).map(block => block.code), ...readdirSync(FORMS).map(file => readFileSync(join(FORMS, file), 'utf8'))];

test('the README, the pages and the docstrings have code', () => {
  expect(chapters().every(chapter => chapter.blocks.length > 1)).toBe(true);
});

test.each(CONSTRUCTS)('%s is created in an app', name => {
  expect(code.some(text => text.includes(`new ${name}(`))).toBe(true);
});

test('all blocks have unique names', () => {
  expect(new Set(blocks).size).toBe(blocks.length);
});

test('a block of TypeScript is code', () => {
  expect(isCode({ name: 'page.md#title', language: 'ts', code: '' })).toBe(true);
});

test.each(['sh', 'diff'])('a block of %s is not code', language => {
  expect(isCode({ name: 'page.md#title', language, code: '' })).toBe(false);
});

test.each(['', 'python'])("a block of the language \'%s\' must be classified", language => {
  expect(() => isCode({ name: 'page.md#title', language, code: '' })).toThrow('page.md#title: a block must be ts');
});

test.each(Object.keys(KNOWN_FINDINGS))('%s, which has known findings, exists', name => {
  expect([...blocks, ...examples, ...forms]).toContain(name);
});

test.each(Object.keys(WITHOUT_TEMPLATE))('%s, which creates no template, exists', name => {
  expect(blocks).toContain(name);
});
