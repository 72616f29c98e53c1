import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { codeBlocksOf, docstringExamplesOf } from '../../scripts/apps/code-block';

const page = (...lines: string[]) => codeBlocksOf('page.md', lines.join('\n'));

describe('the blocks of a page', () => {
  test('have their language and their code', () => {
    expect(page('# Title', '```ts', 'one;', '', 'two;', '```')).toEqual([{ name: 'page.md#title', language: 'ts', code: 'one;\n\ntwo;' }]);
  });

  test('are named after the heading above them, and numbered below it', () => {
    const names = page('# First', '```ts', '```', '## Second one', '```sh', '```', '```ts', '```', '```ts', '```').map(({ name }) => name);
    expect(names).toEqual(['page.md#first', 'page.md#second-one', 'page.md#second-one-2', 'page.md#second-one-3']);
  });

  test('lose their indentation in a list', () => {
    expect(page('- a list', '', '  ```ts', '  if (x) {', '    y();', '  }', '  ```')[0].code).toBe('if (x) {\n  y();\n}');
  });

  test('do not have a comment in the code as heading', () => {
    expect(page('# Title', '```sh', '# a comment', '```', '```ts', '```')[1].name).toBe('page.md#title-2');
  });

  test('need an end', () => {
    expect(() => page('# Title', '```ts', 'one;')).toThrow('page.md:2: this block has no end');
  });
});

describe('the examples in docstrings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docstrings-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const examplesIn = (text: string) => {
    const file = join(folder, 'source.ts');
    writeFileSync(file, text);
    return docstringExamplesOf(file);
  };

  test('end at the next tag, and are named after the documented names', () => {
    const text = '/**\n * Sums up.\n *\n * @example\n * import { A } from \'a\';\n *\n * new A({\n *   b: 1,\n * });\n *\n * @see https://example.com\n */\nexport class A {}';
    expect(examplesIn(text)).toEqual([{ name: 'A', language: 'ts', code: 'import { A } from \'a\';\n\nnew A({\n  b: 1,\n});' }]);
  });

  test('are found on members', () => {
    expect(examplesIn('export class A {\n  /** @example a.b(); */\n  public b(): void {}\n}').map(({ name }) => name)).toEqual(['A.b']);
  });
});
