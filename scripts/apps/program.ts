import * as ts from 'typescript';

/** Comments in examples that stand for code of the reader, and code for them. */
const LEFT_TO_READERS: { readonly [comment: string]: string } = {
  '// ... your stacks and stages ...': 'fillWithStack(app);',
  '// ... the stacks of the stage ...': 'fillWithStack(this);',
};

/** A part of the code, and its replacement. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Turns an example into a program: declared values get a value, comments get code, and a stage class gets an instance.
 *
 * @param code the example in the documentation
 * @param preamble lines that the page says to add before it
 */
export function programOf(code: string, preamble = ''): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const stages = source.statements.filter(ts.isClassDeclaration).filter(extendsStage).map(({ name }) => name!.text);
  return [
    'import { fillWithStack, Fixtures } from \'../fixtures\';',
    'const fixtures = new Fixtures();',
    preamble,
    replaced(code, [...source.statements.flatMap(valuesDeclaredIn), ...leftToReadersIn(code)]),
    ...stages.map(name => `new ${name}(fixtures.app, '${name}');`),
  ].join('\n');
}

/** The values for `declare const`, which replace the statement. */
function valuesDeclaredIn(statement: ts.Statement): Replacement[] {
  if (!ts.isVariableStatement(statement) || !statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) { return []; }
  const values = statement.declarationList.declarations.map(({ name, type }) => {
    return `const ${name.getText()} = fixtures.of('${type?.getText() ?? 'any'}', '${name.getText()}');`;
  });
  return [{ start: statement.getStart(), end: statement.getEnd(), text: values.join(' ') }];
}

function leftToReadersIn(code: string): Replacement[] {
  return [...code.matchAll(/\/\/ \.\.\. .*/g)].map(({ 0: comment, index }) => {
    const text = LEFT_TO_READERS[comment];
    if (text === undefined) { throw new Error(`scripts/apps/program.ts has no code for '${comment}'`); }
    return { start: index, end: index + comment.length, text };
  });
}

function extendsStage({ heritageClauses }: ts.ClassDeclaration): boolean {
  return heritageClauses?.some(({ types }) => types.some(({ expression }) => expression.getText() === 'Stage')) ?? false;
}

function replaced(code: string, replacements: readonly Replacement[]): string {
  const fromTheEnd = [...replacements].sort((a, b) => b.start - a.start);
  return fromTheEnd.reduce((text, { start, end, text: value }) => text.slice(0, start) + value + text.slice(end), code);
}
