import { readFileSync } from 'fs';
import * as ts from 'typescript';
import { anchor } from '../../docs/markdown';

/** Code in the documentation that a reader can copy. */
export interface CodeBlock {
  /** Its place: a page and the heading above it, or the documented name. */
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

/** The start and the end of a block: the indentation, and the language. */
const FENCE = /^(\s*)```(\S*)\s*$/;

/** The code blocks of a Markdown page, named after their headings. */
export function codeBlocksOf(page: string, text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = text.split('\n');
  let section = '';
  for (let at = 0; at < lines.length; at++) {
    section = /^#+ (.*)/.exec(lines[at])?.[1] ?? section;
    const open = FENCE.exec(lines[at]);
    if (!open) { continue; }
    const [, indent, language] = open;
    const end = lines.indexOf(`${indent}\`\`\``, at + 1);
    if (end < 0) { throw new Error(`${page}:${at + 1}: this block has no end`); }
    blocks.push({ name: `${page}#${anchor(section)}`, language, code: lines.slice(at + 1, end).map(line => line.slice(indent.length)).join('\n') });
    at = end;
  }
  return numbered(blocks);
}

/** The examples in the docstrings of a source file, named after the documented names. */
export function docstringExamplesOf(file: string): CodeBlock[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const blocks: CodeBlock[] = [];
  const visit = (node: ts.Node, owner: string): void => {
    const name = [owner, nameOf(node)].filter(part => part !== '').join('.');
    for (const { tagName, comment } of ts.getJSDocTags(node)) {
      if (tagName.text === 'example') { blocks.push({ name, language: 'ts', code: ts.getTextOfJSDocComment(comment) ?? '' }); }
    }
    ts.forEachChild(node, child => visit(child, name));
  };
  ts.forEachChild(source, node => visit(node, ''));
  return numbered(blocks);
}

function nameOf(node: ts.Node): string {
  const { name } = node as ts.NamedDeclaration;
  return (ts.isClassElement(node) || ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeElement(node)) && name ? name.getText() : '';
}

/** Adds `-2` to the second block with the same name, and so on. */
function numbered(blocks: readonly CodeBlock[]): CodeBlock[] {
  const seen = new Map<string, number>();
  return blocks.map(block => {
    const count = (seen.get(block.name) ?? 0) + 1;
    seen.set(block.name, count);
    return count === 1 ? block : { ...block, name: `${block.name}-${count}` };
  });
}
