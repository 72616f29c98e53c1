import { inflateRawSync } from 'zlib';
import type { ScannedFile } from './folder';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** What a comment at the end may take, with what stands before it. */
const LONGEST_END = 22 + 0xffff;

/** Where a file is in an archive. */
interface Entry {
  /** How it is packed: 0 not at all, 8 deflated. */
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly start: number;
}

/** As many files as are listed. */
const MOST_FILES = 100_000;

/**
 * The files in a ZIP archive, such as a JAR: those that are stored or deflated, and not encrypted.
 *
 * @throws Error where it is no archive
 */
export function filesInArchive(archive: Buffer): readonly ScannedFile[] {
  const end = endOf(archive);
  const files: ScannedFile[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = Math.min(archive.readUInt16LE(end + 10), MOST_FILES); left > 0 && archive.readUInt32LE(at) === CENTRAL; left--) {
    const [names, extra, comment] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)];
    const path = archive.toString('utf8', at + 46, at + 46 + names);
    const entry: Entry = {
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      start: archive.readUInt32LE(at + 42),
    };
    const isEncrypted = archive.readUInt16LE(at + 8) % 2 === 1;
    if (!path.endsWith('/') && !isEncrypted) { files.push({ path, size: entry.size, bytes: () => unpacked(archive, entry) }); }
    at += 46 + names + extra + comment;
  }
  return files;
}

function endOf(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(archive.length - LONGEST_END, 0); at--) {
    if (archive.readUInt32LE(at) === END) { return at; }
  }
  throw new Error('it is no ZIP archive');
}

/** No more than the archive says: a file that says little and is much is none. */
function unpacked(archive: Buffer, { method, packed, size, start }: Entry): Buffer {
  if (archive.readUInt32LE(start) !== LOCAL) { throw new Error('the archive is broken'); }
  const from = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
  const content = archive.subarray(from, from + packed);
  switch (method) {
    case 0: return content;
    case 8: return inflateRawSync(content, { maxOutputLength: Math.max(size, 1) });
    default: throw new Error(`the archive is packed by method ${method}`);
  }
}
