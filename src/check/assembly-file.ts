import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'fs';
import { isAbsolute, relative } from 'path';

/** The text of a file, or why it was not read. */
export type FileContent = { readonly text: string } | { readonly problem: string };

/** Opens a file without waiting. Otherwise a pipe without a writer would block. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0); // eslint-disable-line no-bitwise

/** Reads a regular file of an assembly. It does not follow links out of the assembly. */
export function readAssemblyFile(directory: string, location: string): FileContent {
  try {
    return leadsOut(directory, location) ? { problem: 'it is a link to a place outside the assembly' } : readRegular(realpathSync(location));
  } catch (error) {
    return { problem: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

/** Whether a path in a directory leads out of it, because a part of the path is a link. */
export function leadsOut(directory: string, path: string): boolean {
  return isWithin(directory, path) && !isWithin(realpathSync(directory), realpathSync(path));
}

/** Whether a path is inside a directory. It does not resolve links. */
export function isWithin(directory: string, path: string): boolean {
  const below = relative(directory, path);
  return below !== '' && below !== '..' && !/^\.\.[\\/]/.test(below) && !isAbsolute(below);
}

function readRegular(path: string): FileContent {
  const file = openSync(path, READING);
  try {
    return fstatSync(file).isFile() ? { text: readFileSync(file, 'utf8') } : { problem: 'it is not a regular file' };
  } finally {
    closeSync(file);
  }
}
