import { readFileSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { REPOSITORY } from '../scratch-copy';

/** The output directory of jsii. */
export const LIBRARY = join(REPOSITORY, 'lib');

/** The compiled files, by their paths in the library without the extension. */
export function compiledFiles(): string[] {
  return readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js')).map(name => name.slice(0, -'.js'.length)).sort();
}

/** The code of a compiled file. */
export function codeOf(file: string): string {
  return readFileSync(join(LIBRARY, `${file}.js`), 'utf8');
}

/** Writes the code of a compiled file. */
export function writeCode(file: string, code: string): void {
  writeFileSync(join(LIBRARY, `${file}.js`), code);
}
