import { readFileSync, readdirSync } from 'fs';
import { join, relative } from 'path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..', '..');

/** A regular expression of the sources, and its place. */
export interface WrittenPattern {
  readonly place: string;
  readonly pattern: RegExp;
}

/** Every regular expression in the TypeScript files of folders. One that is created at run time is included if its parts are literals. */
export function patternsIn(...folders: readonly string[]): readonly WrittenPattern[] {
  return folders.flatMap(folder => filesIn(join(ROOT, folder))).flatMap(file => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const found: WrittenPattern[] = [];
    const visit = (node: ts.Node): void => {
      const pattern = patternOf(node);
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      if (pattern) { found.push({ place: `${relative(ROOT, file)}:${line + 1} ${String(pattern).slice(0, 100)}`, pattern }); }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.generated.ts'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

function patternOf(node: ts.Node): RegExp | undefined {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
  }
  return ts.isNewExpression(node) && node.expression.getText() === 'RegExp' ? evaluated(node) : undefined;
}

/** The value of an expression of literals. `undefined` for other expressions. */
function evaluated(node: ts.Node): RegExp | undefined {
  try {
    return new Function('RegExp', ts.transpile(`return ${node.getText()}`))(RegExp) as RegExp; // eslint-disable-line @typescript-eslint/no-implied-eval
  } catch {
    return undefined;
  }
}
