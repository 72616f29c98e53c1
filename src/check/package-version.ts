import { readFileSync } from 'fs';
import { join } from 'path';

/** The version of this package, as its manifest has it. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string };
  return manifest.version;
}
