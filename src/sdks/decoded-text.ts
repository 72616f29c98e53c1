/** Decodes UTF-8, or UTF-16 with a byte order mark, which Windows tools write. */
export function decodedText(bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0;
  const text = isBig ? Buffer.from(bytes).swap16().toString('utf16le') : isLittle ? bytes.toString('utf16le', 2) : bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
