import { brotliCompressSync } from 'zlib';

/** Rules compressed to a seventh of their length, because the template of a stack set cannot contain them otherwise. */
export function packed(rules: string): string {
  return brotliCompressSync(rules).toString('base64');
}
