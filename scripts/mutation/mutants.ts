import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { REPOSITORY } from '../scratch-copy';

/** The directory of the compiled, mutated library. `mutated-source.js` has the same path. */
export const MUTATED = join(REPOSITORY, '.mutation');

/** The rooms that determine the requirements for resources. */
const ROOMS = ['resources', 'launch', 'policy', 'inspect', 'enforce', 'check', 'iam', 'guard'];

/** A change of one expression or statement. */
export interface Mutant {
  /** Its id in the mutated code. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

/** The used part is typed here, so the type check does not need the package. */
const INSTRUMENTER: string = '@stryker-mutator/instrumenter';
interface Instrumenter {
  instrument(files: readonly { name: string; content: string; mutate: true }[], options: object): Promise<Instrumented>;
}
interface Position { readonly line: number; readonly column: number }
interface Instrumented {
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly mutants: readonly {
    readonly id: string;
    readonly fileName: string;
    readonly mutatorName: string;
    readonly replacement: string;
    readonly location: { readonly start: Position; readonly end: Position };
  }[];
}

/** Compiles the library with all its mutants, each behind a switch, and lists them. */
export async function writeMutatedLibrary(): Promise<Mutant[]> {
  const sources = new Map(sourceFiles().map(file => [file, readFileSync(join(REPOSITORY, file), 'utf8')]));
  const mutated = [...sources].filter(([file]) => ROOMS.includes(file.split('/')[1]) && !file.endsWith('.generated.ts'));
  const { files, mutants } = await instrument(mutated);
  const instrumented = new Map(files.map(({ name, content }) => [name, content]));
  for (const [file, content] of sources) { writeCompiled(file, instrumented.get(file) ?? content); }
  return mutants.map(({ id, fileName, mutatorName, replacement, location: { start, end } }) => ({
    id,
    file: fileName,
    line: start.line + 1,
    mutator: mutatorName,
    original: textBetween(sources.get(fileName)!, start, end),
    replacement,
  }));
}

export function sourceFiles(): string[] {
  return readdirSync(join(REPOSITORY, 'src'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => relative(REPOSITORY, join(entry.parentPath, entry.name)))
    .sort();
}

async function instrument(files: readonly (readonly [string, string])[]): Promise<Instrumented> {
  const { Instrumenter } = await import(INSTRUMENTER) as { Instrumenter: new (logger: object) => Instrumenter };
  const logger = { info: () => undefined, debug: () => undefined, isDebugEnabled: () => false };
  return new Instrumenter(logger).instrument(
    files.map(([name, content]) => ({ name, content, mutate: true as const })),
    { ignorers: [], plugins: null, excludedMutations: [] },
  );
}

function writeCompiled(file: string, content: string): void {
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  const { outputText } = transpileModule(content, { compilerOptions });
  const path = join(MUTATED, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, outputText);
}

function textBetween(text: string, start: Position, end: Position): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column);
  lines[0] = lines[0].slice(start.column);
  return lines.join('\n');
}
