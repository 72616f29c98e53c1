/**
 * Runs all generators in a copy of the repository, and shows the differences. It changes no file in the repository itself, so uncommitted work is
 * safe. It needs a compiled library (the task compiles it).
 */
import { copyFileSync, readFileSync, readdirSync, statSync, symlinkSync } from 'fs';
import { join } from 'path';
import { run } from './run';
import { REPOSITORY, repositoryEntries, scratchCopy } from './scratch-copy';

/** The tasks that write files, and the commands that update a file if it differs. */
const GENERATORS = [
  { task: 'default', mend: 'npx projen' },
  { task: 'handlers', mend: 'npx projen handlers' },
  { task: 'parsers', mend: 'npx projen parsers' },
  { task: 'report:page', mend: 'npx projen report:page' },
  { task: 'docgen', mend: 'npx projen compile && npx projen docgen' },
  { task: 'docs', mend: 'npx projen docs' },
];

function main(): void {
  const copy = scratchCopy();
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  copyFileSync(join(REPOSITORY, '.jsii'), join(copy, '.jsii'));
  const stale = GENERATORS.flatMap(({ task, mend }) => {
    const before = contents(copy);
    run(copy, 'npx', 'projen', task);
    return differences(before, contents(copy)).map((file) => `${file} is not current: ${mend}`);
  });
  stale.forEach((line) => console.error(line));
  console.log(stale.length > 0 ? `${stale.length} generated file(s) not current` : 'all generated files are current');
  process.exitCode = stale.length > 0 ? 1 : 0;
}

/** The files that differ, or exist only on one side. */
function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

function contents(root: string): Map<string, string> {
  const files = repositoryEntries(root).flatMap((name) => filesAt(root, name));
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'latin1')]));
}

function filesAt(root: string, path: string): string[] {
  const absolute = join(root, path);
  return statSync(absolute).isDirectory() ? readdirSync(absolute).flatMap((name) => filesAt(root, join(path, name))) : [path];
}

main();
