import type { JsonObject } from '../model/intrinsics';
import { intrinsicName, isObject } from '../model/intrinsics';
import type { LaunchStack } from './world';

/** A line that is a comment. */
const COMMENT = /^\s*(?:#|::|REM\b)/i;
/** A line that only reads or prints something, or stops or removes it. */
const UNDOING = /^\s*(?:sudo\s+)?(?:grep|tail|rm|pkill|killall|systemctl\s+(?:stop|disable|mask|status))\b/;

/** The header of a Base64 part, and a line of its content. */
const ENCODING = /^content-transfer-encoding:[ \t]*base64[ \t]*$/i;
const BASE64_LINE = /^[A-Za-z0-9+/=]*$/;

/** The depth to which a value is read. */
const MAX_DEPTH = 40;
/** A shorter text contains nothing in Base64. */
const MIN_LENGTH = 16;
/** The maximum length of a text to decode: EC2 accepts at most 16 KB of user data. */
const MAX_LENGTH = 100_000;
/** The most characters that are read of a value. */
const MAX_READ = 4_000_000;
/** The maximum amount of text that is read between the pieces of a text. */
const MAX_SEPARATOR = 100;

/**
 * The texts in a value, joined as far as possible: the parts of a script or an image name, from any function.
 *
 * Parameters are replaced with their default. For types of Systems Manager, this is the name of the parameter there.
 */
export function textsIn(value: unknown, stack: LaunchStack): string {
  return new TextReader().read(value, stack, 0);
}

/** Reads texts until they are longer than all that anybody deploys: parameters that are made of others many times over have no end. */
class TextReader {
  private room = MAX_READ;

  public read(value: unknown, stack: LaunchStack, depth: number): string {
    this.room -= 1;
    if (depth > MAX_DEPTH || this.room <= 0) { return ''; }
    if (typeof value === 'string') {
      this.room -= value.length;
      return decoded(value);
    }
    if (Array.isArray(value)) { return value.map(element => this.read(element, stack, depth + 1)).join('\n'); }
    return isObject(value) ? this.readObject(value, stack, depth) : '';
  }

  private readObject(value: JsonObject, stack: LaunchStack, depth: number): string {
    const name = intrinsicName(value);
    const argument = name && value[name];
    if (name === 'Ref') { return typeof argument === 'string' ? this.readParameter(argument, stack, depth) : ''; }
    if (name === 'Fn::GetAtt') { return ''; }
    if (name === 'Fn::Join' && Array.isArray(argument) && typeof argument[0] === 'string' && Array.isArray(argument[1])) {
      const [separator, pieces] = argument as [string, readonly unknown[]];
      return decoded(pieces.map(piece => this.read(piece, stack, depth + 1)).join(separator.slice(0, MAX_SEPARATOR)));
    }
    return Object.entries(value).map(([key, inner]) => `${name ? '' : key}\n${this.read(inner, stack, depth + 1)}`).join('\n');
  }

  private readParameter(name: string, stack: LaunchStack, depth: number): string {
    const argument = stack.argument(name);
    return argument ? this.read(argument.value, argument.stack, depth + 1) : this.read(stack.declaredDefault(name), stack, depth + 1);
  }
}

/** The text without comments of shells, PowerShell, batch files, YAML and TOML, and without lines that only read, print, stop or remove. */
export function whatIsDone(text: string): string {
  if (text === '') { return text; }
  return withoutBlockComments(text).split('\n').map(line => COMMENT.test(line) || UNDOING.test(line) ? '' : withoutCommentBehind(line)).join('\n');
}

/** Text between `<#` and `#>` does not count. */
function withoutBlockComments(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let start = text.indexOf('<#'); start >= 0; start = text.indexOf('<#', from)) {
    const end = text.indexOf('#>', start + 2);
    if (end < 0) { break; }
    kept.push(text.slice(from, start));
    from = end + 2;
  }
  return from === 0 ? text : [...kept, text.slice(from)].join('');
}

/** A `#` between quotes does not count. */
function withoutCommentBehind(line: string): string {
  if (!line.includes('#')) { return line; }
  const areOpen: { [quote: string]: boolean } = { '"': false, "'": false };
  for (let index = 0; index < line.length; index++) {
    const character = line[index];
    if (character in areOpen) { areOpen[character] = !areOpen[character]; }
    const isComment = character === '#' && index > 0 && !areOpen['"'] && !areOpen["'"] && /\s/.test(line[index - 1]);
    if (isComment) { return line.slice(0, index - 1); }
  }
  return line;
}

/** User data can be Base64 without a function that shows it, and so can the parts of a MIME document. */
function decoded(text: string): string {
  if (text.length > MAX_LENGTH || text.length < MIN_LENGTH) { return text; }
  const plain = plainOf(text.replace(/\s+/g, ''));
  return plain === undefined ? withPartsDecoded(text) : `${text}\n${withPartsDecoded(plain)}`;
}

/** The text with its Base64 parts decoded: the content after the empty line that follows their headers. */
function withPartsDecoded(text: string): string {
  if (!/base64/i.test(text)) { return text; }
  const lines = text.split('\n').map(line => line.replace(/\r$/, ''));
  const read: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    read.push(lines[index]);
    if (!ENCODING.test(lines[index])) { continue; }
    while (index + 1 < lines.length && lines[index] !== '') { read.push(lines[++index]); }
    const encoded: string[] = [];
    while (index + 1 < lines.length && BASE64_LINE.test(lines[index + 1])) { encoded.push(lines[++index]); }
    const plain = plainOf(encoded.join(''));
    read.push(...plain === undefined ? encoded : [plain]);
  }
  return read.join('\n');
}

/** The decoded text, if it is Base64. */
function plainOf(text: string): string | undefined {
  const isBase64 = text.length >= MIN_LENGTH && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  const plain = isBase64 ? Buffer.from(text, 'base64').toString('utf8') : undefined;
  return plain?.includes('\uFFFD') ? undefined : plain;
}
