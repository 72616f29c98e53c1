import * as ts from 'typescript';
import { hasPromises } from '../../scripts/types/promises';

/** What the cases use. A case itself does not say which functions are asynchronous. */
const DECLARATIONS = `
  interface Array<T> { length: number }
  interface Later extends PromiseOf<string> {}
  interface PromiseOf<T> { then(next: (value: T) => void): void }
  declare const started: Later;
  declare function start(): Later;
  declare function maybeStart(): Later | undefined;
  declare function startAll(): Later[];
  declare function startBoth(): [string, Later];
  declare function count(): number;
  declare function counts(): number[];
  declare class Started { then(next: () => void): void }
  declare class Counter { count(): number }
`;

function programOf(text: string): ts.Program {
  const files = new Map(Object.entries({ 'case.ts': text, 'declarations.d.ts': DECLARATIONS })
    .map(([name, source]) => [name, ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)]));
  const options = { noLib: true, strict: true, types: [], target: ts.ScriptTarget.ES2022 };
  const host = { ...ts.createCompilerHost(options), getSourceFile: (name: string) => files.get(name), fileExists: (name: string) => files.has(name) };
  return ts.createProgram([...files.keys()], options, host);
}

/** Whether the linter reads a file with this code, to find lost promises. */
function isLinted(text: string): boolean {
  const program = programOf(text);
  program.getSemanticDiagnostics();
  return hasPromises(program.getSourceFile('case.ts')!, program.getTypeChecker());
}

test.each([
  ['start();'],
  ['count(), start();'],
  ['start(), count();'],
  ['started;'],
  ['maybeStart();'],
  ['startAll();'],
  ['startBoth();'],
  ['new Started();'],
  ['count() && start();'],
  ['count() ? count() : start();'],
  ['function outer() { if (count()) { start(); } }'],
  ['async function outer() {}'],
])('%s is code with promises', text => expect(isLinted(text)).toBe(true));

test.each([
  ['count();'],
  ['counts();'],
  ['new Counter().count();'],
  ['declare function starter(run: () => Later): void;'],
])('%s is code without promises', text => expect(isLinted(text)).toBe(false));
