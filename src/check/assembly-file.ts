import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'fs';
import { isAbsolute, relative } from 'path';

/** The text of a file, or why it is not read. */
export type FileContent = { readonly text: string } | { readonly problem: string };

/** Opens a file without waiting. Otherwise a pipe without a writer would block. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0); // eslint-disable-line no-bitwise

/** Reads a file of an assembly: nothing that a link leads out of it to, and nothing that is no file. */
export function readAssemblyFile(directory: string, location: string): FileContent {
  try {
    return leadsOut(directory, location) ? { problem: 'it is a link to a place outside the assembly' } : readRegular(realpathSync(location));
  } catch (error) {
    return { problem: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

/** Whether a path leads out of the directory that it is in as it is written: by a link in its place, or in that of a folder above. */
export function leadsOut(directory: string, path: string): boolean {
  return isWithin(directory, path) && !isWithin(realpathSync(directory), realpathSync(path));
}

/** Whether a path is that of something in a directory, as it is written. */
export function isWithin(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}

function readRegular(path: string): FileContent {
  const file = openSync(path, READING);
  try {
    return fstatSync(file).isFile() ? { text: readFileSync(file, 'utf8') } : { problem: 'it is not a regular file' };
  } finally {
    closeSync(file);
  }
}
