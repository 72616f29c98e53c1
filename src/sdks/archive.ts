import { inflateRawSync } from 'zlib';
import type { ScannedFile } from './folder';

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** The least length of each part. */
const SMALLEST: { readonly [signature: number]: number } = { [END_64]: 56, [LOCATOR_64]: 20, [CENTRAL]: 46, [LOCAL]: 30 };

/** The value of a 32-bit field whose real value is in an extra field. */
const ELSEWHERE = 0xffffffff;

/** The longest end record, with its comment. */
const LONGEST_END = 22 + 0xffff;

/** The place of a file in an archive. */
interface Entry {
  /** The compression method: 0 for none, 8 for deflate. */
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly start: number;
}

/** The most files that are listed. */
const MOST_FILES = 400_000;

/** The contents of an archive. */
export interface ArchiveContent {
  readonly files: readonly ScannedFile[];
  /** Why files can be missing from the list, in words. */
  readonly fault?: string;
}

/**
 * The central directory: its position, the number of its entries, and the length of the data before the archive, such as a script that unpacks it.
 */
interface Directory {
  readonly start: number;
  readonly count: number;
  readonly shift: number;
}

/**
 * The files in a ZIP archive, such as a JAR: those that are stored or deflated, and not encrypted.
 *
 * @throws Error if it is not an archive
 */
export function filesInArchive(archive: Buffer): ArchiveContent {
  const { start, count, shift } = directoryOf(archive, endOf(archive));
  const files: ScannedFile[] = [];
  let at = start;
  for (let left = Math.min(count, MOST_FILES); left > 0; left--) {
    if (!isSignature(archive, at, CENTRAL)) { return { files, fault: 'the archive is broken' }; }
    const [names, extra, comment] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)];
    const path = archive.toString('utf8', at + 46, at + 46 + names).replaceAll('\\', '/');
    const entry = entryAt(archive, at, archive.subarray(at + 46 + names, at + 46 + names + extra), shift);
    const isEncrypted = archive.readUInt16LE(at + 8) % 2 === 1;
    if (!path.endsWith('/') && !isEncrypted) { files.push({ path, size: entry.size, bytes: () => unpacked(archive, entry) }); }
    at += 46 + names + extra + comment;
  }
  return { files, fault: count > MOST_FILES ? `the archive has more than ${MOST_FILES} files` : undefined };
}

function endOf(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(archive.length - LONGEST_END, 0); at--) {
    if (archive.readUInt32LE(at) === END) { return at; }
  }
  throw new Error('it is no ZIP archive');
}

/**
 * Finds the central directory. It ends directly before the end record, whatever its offset field contains. ZIP64 has a second end record before that.
 */
function directoryOf(archive: Buffer, end: number): Directory {
  const at = end - 20 - 56;
  const isLarge = isSignature(archive, end - 20, LOCATOR_64) && isSignature(archive, at, END_64);
  const [count, size, offset] = isLarge
    ? [32, 40, 48].map(place => Number(archive.readBigUInt64LE(at + place)))
    : [archive.readUInt16LE(end + 10), archive.readUInt32LE(end + 12), archive.readUInt32LE(end + 16)];
  const start = (isLarge ? at : end) - size;
  return { start, count, shift: start - offset };
}

/** Whether a part of an archive starts here, with room for its least length. */
function isSignature(archive: Buffer, at: number, signature: number): boolean {
  return at >= 0 && at + SMALLEST[signature] <= archive.length && archive.readUInt32LE(at) === signature;
}

/** Sizes of more than four bytes are in the ZIP64 extra field, in this order. */
function entryAt(archive: Buffer, at: number, extra: Buffer, shift: number): Entry {
  const large = largeField(extra);
  let next = 0;
  const [size, packed, start] = [24, 20, 42].map(place => {
    const value = archive.readUInt32LE(at + place);
    return value === ELSEWHERE && next + 8 <= large.length ? Number(large.readBigUInt64LE((next += 8) - 8)) : value;
  });
  return { method: archive.readUInt16LE(at + 10), packed, size, start: start + shift };
}

function largeField(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) { return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2)); }
  }
  return Buffer.alloc(0);
}

/** Unpacks at most the declared size, as protection against ZIP bombs. */
function unpacked(archive: Buffer, { method, packed, size, start }: Entry): Buffer {
  if (!isSignature(archive, start, LOCAL)) { throw new Error('the archive is broken'); }
  const from = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
  const content = archive.subarray(from, from + packed);
  switch (method) {
    case 0: return content;
    case 8: return inflateRawSync(content, { maxOutputLength: Math.max(size, 1) });
    default: throw new Error(`the archive is packed by method ${method}`);
  }
}
