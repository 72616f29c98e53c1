import { readFileSync } from 'fs';
import { join } from 'path';

/** The version of this package, as its manifest has it; `0.0.0` where an app was bundled without that. */
export function packageVersion(): string {
  try {
    const manifest = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly name?: unknown; readonly version?: unknown };
    return manifest.name === 'cdk-imdsv2' && typeof manifest.version === 'string' ? manifest.version : '0.0.0';
  } catch {
    return '0.0.0';
  }
}
