import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join, resolve } from 'path';

export const REPOSITORY = resolve(__dirname, '..');

/** Entries that are installed, built or measured, and so are not part of the repository. */
const NOT_COPIED = [
  '.git', 'node_modules', 'lib', '.jsii', '.jsii.tabl.json', 'tsconfig.tsbuildinfo', 'dist', 'coverage', 'test-reports', 'cdk.out',
];

/** A directory with the current files of the repository, committed or not. It is deleted when this process ends. */
export function scratchCopy(): string {
  const copy = scratchDirectory();
  for (const name of repositoryEntries(REPOSITORY)) {
    cpSync(join(REPOSITORY, name), join(copy, name), { recursive: true });
  }
  return copy;
}

/** An empty directory that is deleted when this process ends. */
export function scratchDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), `${basename(REPOSITORY)}-`)));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The entries at the top of the repository that belong to it. */
export function repositoryEntries(root: string): string[] {
  return readdirSync(root).filter((name) => !NOT_COPIED.includes(name));
}
