import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join, resolve } from 'path';

export const REPOSITORY = resolve(__dirname, '..');

/** What is installed, built or measured here, and so is not part of the repository. */
const NOT_COPIED = [
  '.git', 'node_modules', 'lib', '.jsii', '.jsii.tabl.json', 'tsconfig.tsbuildinfo', 'dist', 'coverage', 'test-reports', 'cdk.out',
];

/**
 * A directory with the files of the repository as they are now, committed or not. It goes away with this process.
 */
export function scratchCopy(): string {
  const copy = scratchDirectory();
  for (const name of repositoryEntries(REPOSITORY)) {
    cpSync(join(REPOSITORY, name), join(copy, name), { recursive: true });
  }
  return copy;
}

/** An empty directory that goes away with this process. */
export function scratchDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), `${basename(REPOSITORY)}-`)));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** What belongs to the repository among the entries at its top. */
export function repositoryEntries(root: string): string[] {
  return readdirSync(root).filter((name) => !NOT_COPIED.includes(name));
}
