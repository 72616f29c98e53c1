import { existsSync } from 'fs';
import { dirname, isAbsolute, join, relative, resolve } from 'path';

/** A path relative to the root of its repository, or else to the working directory. Outside both, it is absolute. */
export function fromSources(location: string): string {
  const from = (root: string) => relative(root, location);
  const isInside = (path: string) => !path.startsWith('..') && !isAbsolute(path);
  const repository = upwards(resolve(location)).find(parent => existsSync(join(parent, '.git')));
  const path = from(repository ?? '.');
  return isInside(path) ? path : resolve(location);
}

function upwards(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
}
