import { brotliCompressSync } from 'zlib';

/** Rules as a text of a seventh of their length, for the template of a stack set, which cannot hold them otherwise. */
export function packed(rules: string): string {
  return brotliCompressSync(rules).toString('base64');
}
