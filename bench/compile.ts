import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const REPOSITORY = resolve(__dirname, '..');

/** Compiles the library and the bench to JavaScript in a temporary directory, so that TypeScript is not measured. */
export function compile(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'bench-compiled-')));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(directory, 'node_modules'));
  for (const folder of ['src', 'bench']) {
    for (const file of readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
      transpile(join(REPOSITORY, folder, file), join(directory, folder, file.replace(/\.ts$/, '.js')));
    }
  }
  return directory;
}

function transpile(source: string, target: string): void {
  const { outputText } = transpileModule(readFileSync(source, 'utf8'), {
    fileName: source,
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
}
