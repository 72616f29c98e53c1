/**
 * Looks at what would be published: the files of the npm package, and the source that jsii generates for every other language.
 * It needs a compiled library (`npx projen compile`).
 */
import { execFileSync } from 'child_process';
import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { run } from './run';
import { REPOSITORY, scratchDirectory } from './scratch-copy';

const REQUIRED = ['.jsii', 'API.md', 'LICENSE', 'README.md', 'package.json', 'lib/index.js', 'lib/index.d.ts',
  'lib/nag/index.js', 'guard/imdsv2.guard', 'schema/imdsv2-report.schema.json'];

/** Everything in the package is one of these, or below the folder. */
const ALLOWED = ['.jsii', 'API.md', 'LICENSE', 'README.md', 'package.json', 'lib/', 'guard/', 'schema/'];

function main(): void {
  checkFiles(packedFiles());
  checkIndex();
  const targets = Object.keys(JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')).jsii.targets);
  const generated = scratchDirectory();
  run(REPOSITORY, 'npx', 'jsii-pacmak', '--code-only', '--outdir', generated, '--targets', ...targets);
  const missing = targets.filter((target) => !readdirSync(generated).includes(target));
  report(missing.map((target) => `no source was generated for ${target}`));
  console.log(`the package has its files, and source was generated for ${targets.join(', ')}`);
}

function packedFiles(): string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: REPOSITORY, encoding: 'utf8' });
  return JSON.parse(output)[0].files.map((file: { path: string }) => file.path);
}

function checkFiles(files: string[]): void {
  const allowed = (file: string) => ALLOWED.some((name) => name.endsWith('/') ? file.startsWith(name) : file === name);
  report([
    ...REQUIRED.filter((file) => !files.includes(file)).map((file) => `the package lacks ${file}`),
    ...files.filter((file) => !allowed(file)).map((file) => `the package should not contain ${file}`),
  ]);
}

/** The index has every class and enum of the assembly, and loads no other file until one of them is used. */
function checkIndex(): void {
  const { types } = JSON.parse(readFileSync(join(REPOSITORY, '.jsii'), 'utf8')) as { types: { [name: string]: { name: string; kind: string; namespace?: string } } };
  const index = 'const names = Object.keys(require(\'.\')); console.log(JSON.stringify({ names, loaded: Object.keys(require.cache).length }));';
  const { names, loaded } = JSON.parse(execFileSync(process.execPath, ['-e', index], { cwd: REPOSITORY, encoding: 'utf8' }));
  report([
    ...Object.values(types).filter(({ name, kind, namespace }) => kind !== 'interface' && !namespace && !names.includes(name))
      .map(({ name }) => `the index lacks ${name}`),
    ...loaded === 1 ? [] : [`the index loads ${loaded} files before anything is used`],
  ]);
}

/** Ends the process where there is something to report. */
function report(problems: string[]): void {
  problems.forEach((problem) => console.error(problem));
  if (problems.length > 0) {
    process.exit(1);
  }
}

main();
