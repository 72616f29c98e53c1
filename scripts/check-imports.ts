/**
 * Packs the package, installs it in an app, and imports it in every way that apps use: CommonJS, ES modules, TypeScript with each module resolution,
 * ts-node, tsx and jest. It needs a compiled library (`npx projen compile`), and no network.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { installPackage } from './imports/installed-package';
import { WAYS, Way } from './imports/ways';
import { Outcome, onEach, runNode } from './run';
import { scratchDirectory } from './scratch-copy';

async function main(): Promise<void> {
  const directory = scratchDirectory();
  const installed = installPackage(directory);
  const problems = [...unreachableFiles(directory, installed), ...await missingNames(directory, installed)];
  problems.push(...(await onEach(WAYS, async way => problemsOf(way, directory))).flat());

  problems.forEach(problem => console.error(problem));
  console.log(problems.length > 0 ? `${problems.length} problems` : `the package can be imported in ${WAYS.length} ways`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

/** The files of the package that `require()` does not find. Without an `exports` map, it would find all of them, also without their extension. */
function unreachableFiles(directory: string, installed: string): string[] {
  const { resolve } = createRequire(join(directory, 'app.js'));
  const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const importable = files.filter(file => !file.endsWith('.d.ts'));
  const code = files.filter(file => file.endsWith('.js'));
  const wanted = [
    ...importable.map(file => [file, file]),
    ...code.map(file => [file.slice(0, -'.js'.length), file]),
    ...code.filter(file => file.endsWith('/index.js')).map(file => [file.slice(0, -'/index.js'.length), file]),
  ];
  const foundAs = (name: string): string | undefined => { try { return resolve(name); } catch { return undefined; } };
  return wanted.map(([path, file]) => [`cdk-imdsv2${path.slice(installed.length)}`, file])
    .filter(([name, file]) => foundAs(name) !== file)
    .map(([name]) => `${name} cannot be imported`);
}

/** The classes and enums of the assembly that an ES module cannot import by name. */
async function missingNames(directory: string, installed: string): Promise<string[]> {
  const { types } = JSON.parse(readFileSync(join(installed, '.jsii'), 'utf8')) as { types: Record<string, { name: string; kind: string }> };
  const names = Object.values(types).filter(({ kind }) => kind !== 'interface').map(({ name }) => name);
  writeFileSync(join(directory, 'names.mjs'), `import { ${names.join(', ')} } from 'cdk-imdsv2';\nif ([${names.join(', ')}].includes(undefined)) { throw new Error('a name has no value'); }\n`);
  const { status, text } = await run(directory, ['./names.mjs'], directory);
  return status === 0 ? [] : [`not every name can be imported from an ES module\n${text}`];
}

/** Runs the commands of a way in its own directory. */
async function problemsOf(way: Way, root: string): Promise<string[]> {
  const directory = join(root, way.name.replace(/\W+/g, '-'));
  mkdirSync(directory);
  for (const [path, text] of Object.entries(way.files)) { writeFileSync(join(directory, path), text); }
  const start = Date.now();
  for (const command of way.commands) {
    const { status, text } = await run(directory, command, root);
    if (status !== 0) { return [`${way.name}: ${command.join(' ')} ends with ${status}\n${text}`]; }
  }
  console.log(`${way.name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return [];
}

async function run(cwd: string, [file, ...args]: readonly string[], root: string): Promise<Outcome> {
  const path = file.startsWith('./') ? join(cwd, file) : join(root, 'node_modules', file);
  const NODE_OPTIONS = file.startsWith('jest') ? '--experimental-vm-modules' : '';
  return runNode(path, args, { cwd, env: { ...process.env, CDK_VALIDATION: 'false', NODE_OPTIONS } });
}

void main();
