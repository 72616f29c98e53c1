import { deflateRawSync } from 'zlib';

/** A ZIP archive, as small as possible. */
export function zipOf(files: { readonly [name: string]: string | Buffer }): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  const known = new Map<string | Buffer, Buffer>(); // files with the same contents are compressed once
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = known.get(content) ?? deflateRawSync(content);
    known.set(content, packed);
    const [local, central] = [Buffer.alloc(30), Buffer.alloc(46)];
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(Buffer.byteLength(content), 24);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    centrals.push(central, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const count = Object.keys(files).length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, ...count > 0xffff ? [endOfMany(count, directory.length, offset)] : [], end]);
}

/** The record before the end if there are more files than the end can contain. */
function endOfMany(count: number, length: number, offset: number): Buffer {
  const [end, locator] = [Buffer.alloc(56), Buffer.alloc(20)];
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(BigInt(44), 4);
  for (const [place, value] of [[24, count], [32, count], [40, length], [48, offset]]) { end.writeBigUInt64LE(BigInt(value), place); }
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end, locator]);
}
