/**
 * Checks what would be published: the files of the npm package, and the source code that jsii generates for other languages. It needs a compiled
 * library (`npx projen compile`).
 */
import { execFileSync } from 'child_process';
import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { filesOfEnforcement } from './library/files-of-enforcement';
import { run } from './run';
import { REPOSITORY, scratchDirectory } from './scratch-copy';

const REQUIRED = ['.jsii', 'API.md', 'LICENSE', 'README.md', 'package.json', 'lib/index.js', 'lib/index.d.ts',
  'lib/nag/index.js', 'guard/imdsv2.guard', 'schema/imdsv2-report.schema.json'];

/** The allowed entries of the package. All files are one of these, or below such a folder. */
const ALLOWED = ['.jsii', 'API.md', 'LICENSE', 'README.md', 'package.json', 'lib/', 'guard/', 'schema/'];

/** The largest size of the packed package, in bytes. The parsers and scanners are a quarter of it. */
const PACKED_SIZE = 1_050_000;

/** The files that a synthesis with `Imdsv2.enforce()` loads in addition to the index: the class, and the bundle of all others. */
const LOADED_BY_ENFORCEMENT = ['bundle', 'imdsv2'];

function main(): void {
  const packed = pack();
  checkFiles(packed.files.map(({ path }) => path));
  checkSize(packed.size);
  checkIndex();
  checkBundle();
  const targets = Object.keys(JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')).jsii.targets);
  const generated = scratchDirectory();
  run(REPOSITORY, 'npx', 'jsii-pacmak', '--code-only', '--outdir', generated, '--targets', ...targets);
  const missing = targets.filter((target) => !readdirSync(generated).includes(target));
  report(missing.map((target) => `no source was generated for ${target}`));
  console.log(`the package has its files, and source was generated for ${targets.join(', ')}`);
}

/** The package that npm would create. */
interface Packed {
  /** In bytes. */
  readonly size: number;
  readonly files: { readonly path: string }[];
}

function pack(): Packed {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: REPOSITORY, encoding: 'utf8' });
  return JSON.parse(output)[0];
}

function checkSize(size: number): void {
  report(size > PACKED_SIZE ? [`the package takes ${size} bytes, more than ${PACKED_SIZE}`] : []);
}

function checkFiles(files: string[]): void {
  const allowed = (file: string) => ALLOWED.some((name) => name.endsWith('/') ? file.startsWith(name) : file === name);
  report([
    ...REQUIRED.filter((file) => !files.includes(file)).map((file) => `the package lacks ${file}`),
    ...files.filter((file) => !allowed(file)).map((file) => `the package should not contain ${file}`),
  ]);
}

/** Checks that the index has every class and enum of the assembly, and loads a file only when one of its names is used. */
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

/** Checks that enforcement loads the bundle, and no other file. */
function checkBundle(): void {
  const beside = filesOfEnforcement().filter(file => !LOADED_BY_ENFORCEMENT.includes(file));
  report(beside.map(file => `enforcement loads lib/${file}.js, which is not in the bundle`));
}

/** Ends the process if there are problems. */
function report(problems: string[]): void {
  problems.forEach((problem) => console.error(problem));
  if (problems.length > 0) {
    process.exit(1);
  }
}

main();
