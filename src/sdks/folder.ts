import type { Dirent } from 'fs';
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync, readdirSync, realpathSync } from 'fs';
import { isAbsolute, join, posix, relative, resolve } from 'path';
import { describeValue } from '../model/setting';
import { decodedText } from './decoded-text';

/** A file that can be read. */
export interface ScannedFile {
  /** The path below the folder, with `/` as the separator. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** @throws Error if it cannot be read */
  readonly bytes: () => Buffer;
  /** Reads only the start of the file. */
  readonly head?: (length: number) => Buffer;
}

/** Opening a pipe must not wait for a writer, so that the pipe can be detected. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0); // eslint-disable-line no-bitwise

/** Folders that are not part of a program. */
const SKIPPED = new Set(['.git', '.hg', '.svn', '.terraform', '.gradle', '.cache', '__pycache__', '.idea', '.vscode']);

/** The most files and folders that are read. */
const MOST_ENTRIES = 400_000;

/** The deepest nesting of folders that is read. */
const DEEPEST = 60;

/** A folder, or a part of it, that could not be read, and why. */
export interface FolderFault {
  readonly path: string;
  readonly because: string;
}

/** A folder on disk. Links are not followed. */
export class Folder {
  public readonly faults: FolderFault[] = [];
  private readonly root: string;
  private readonly excluded: ReadonlySet<string>;
  private entries = 0;

  /**
   * @param exclude paths below it that are left out
   * @throws Error if the folder does not exist
   */
  public constructor(directory: string, exclude: readonly string[] = []) {
    if (directory.trim() === '') { throw new Error(`directory must be a folder, got ${describeValue(directory)}`); }
    try {
      this.root = realpathSync(directory);
    } catch (error) {
      throw new Error(`directory must be a folder that can be read, got ${describeValue(directory)}: ${(error as Error).message}`);
    }
    if (!lstatSync(this.root).isDirectory()) { throw new Error(`directory must be a folder, got ${describeValue(directory)}`); }
    this.excluded = new Set(exclude.map(path => posix.normalize(path.replaceAll('\\', '/')).replace(/\/$/, '')));
  }

  /** All files. Of an installed Node.js package, only the file with its name and version. */
  public *files(): Iterable<ScannedFile> {
    yield* this.below('', 0);
  }

  /** The text of a file by its path below the folder. `undefined` if there is none, or if a link leads to it. */
  public read(path: string, most: number): string | undefined {
    const location = resolve(this.root, path);
    const way = relative(this.root, location);
    if (way.startsWith('..') || isAbsolute(way)) { return undefined; }
    try {
      if (realpathSync(location) !== location) { return undefined; }
      const { size } = lstatSync(location);
      return size > most ? undefined : decodedText(bytesOf(location));
    } catch {
      return undefined;
    }
  }

  private *below(path: string, depth: number): Iterable<ScannedFile> {
    if (depth > DEEPEST) {
      this.faults.push({ path, because: 'it is too deep' });
      return;
    }
    const entries = this.list(path);
    if (depth > 0 && isAssembly(entries)) { return; }
    for (const entry of entries) {
      if (++this.entries > MOST_ENTRIES) {
        if (this.entries === MOST_ENTRIES + 1) { this.faults.push({ path, because: `the folder has more than ${MOST_ENTRIES} files: the rest is not read` }); }
        return;
      }
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (this.excluded.has(below)) { continue; }
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) { yield* this.below(below, depth + 1); }
      if (entry.isFile()) { yield* this.file(below); }
    }
  }

  private list(path: string): readonly Dirent[] {
    try {
      return readdirSync(join(this.root, path), { withFileTypes: true }).sort((one, other) => one.name < other.name ? -1 : 1);
    } catch (error) {
      this.faults.push({ path, because: (error as NodeJS.ErrnoException).code ?? String(error) });
      return [];
    }
  }

  private *file(path: string): Iterable<ScannedFile> {
    const location = join(this.root, ...path.split('/'));
    try {
      yield { path, size: lstatSync(location).size, bytes: () => bytesOf(location), head: length => bytesOf(location, length) };
    } catch (error) {
      this.faults.push({ path, because: (error as NodeJS.ErrnoException).code ?? String(error) });
    }
  }
}

/** Whether a folder is a cloud assembly. It can contain assets of an earlier synthesis, and its current assets are copies. */
function isAssembly(entries: readonly Dirent[]): boolean {
  return ['cdk.out', 'manifest.json'].every(name => entries.some(entry => entry.name === name && entry.isFile()));
}

function bytesOf(location: string, length?: number): Buffer {
  const file = openSync(location, READING);
  try {
    if (!fstatSync(file).isFile()) { throw new Error('it is not a regular file'); }
    return length === undefined ? readFileSync(file) : beginningOf(file, length);
  } finally {
    closeSync(file);
  }
}

function beginningOf(file: number, length: number): Buffer {
  const head = Buffer.alloc(length);
  return head.subarray(0, readSync(file, head, 0, length, 0));
}
