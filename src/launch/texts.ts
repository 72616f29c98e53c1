import { isObject, intrinsicName } from '../model/intrinsics';
import type { LaunchStack } from './world';

/** A line that is a comment. */
const COMMENT = /^\s*(?:#|::|REM\b)/i;
/** A line that looks into something, says something to nobody but the log, or stops or removes it. */
const UNDOING = /^\s*(?:sudo\s+)?(?:grep|tail|rm|pkill|killall|systemctl\s+(?:stop|disable|mask|status))\b/;

/** How deep a value is read. */
const MAX_DEPTH = 40;
/** How short a text is that has nothing in Base64 in it. */
const MIN_LENGTH = 16;
/** How long a text may be that is decoded: EC2 takes no more than 16 KB of user data. */
const MAX_LENGTH = 100_000;

/**
 * The texts in a value, put together as far as they can be: what a script or an image name consists of, whatever function makes it.
 *
 * Parameters stand for their default, which is the name of the parameter in Systems Manager for those that have such a type.
 */
export function textsIn(value: unknown, stack: LaunchStack, depth = 0): string {
  if (depth > MAX_DEPTH) { return ''; }
  if (typeof value === 'string') { return decoded(value); }
  if (Array.isArray(value)) { return value.map(element => textsIn(element, stack, depth + 1)).join('\n'); }
  if (!isObject(value)) { return ''; }
  const name = intrinsicName(value);
  const argument = name && value[name];
  if (name === 'Ref') { return typeof argument === 'string' ? parameterText(argument, stack, depth) : ''; }
  if (name === 'Fn::GetAtt') { return ''; }
  if (name === 'Fn::Join' && Array.isArray(argument) && typeof argument[0] === 'string' && Array.isArray(argument[1])) {
    return decoded(argument[1].map(piece => textsIn(piece, stack, depth + 1)).join(argument[0]));
  }
  return Object.entries(value).map(([key, inner]) => `${name ? '' : key}\n${textsIn(inner, stack, depth + 1)}`).join('\n');
}

/** The text without what are comments in shells, PowerShell, batch files, YAML and TOML, and without lines that only look, say, stop or remove. */
export function whatIsDone(text: string): string {
  if (text === '') { return text; }
  return text.replace(/<#[\s\S]*?#>/g, '').split('\n').map(line => COMMENT.test(line) || UNDOING.test(line) ? '' : withoutCommentBehind(line)).join('\n');
}

/** A `#` between quotes is none. */
function withoutCommentBehind(line: string): string {
  const comment = /\s#/g;
  for (let match = comment.exec(line); match; match = comment.exec(line)) {
    const before = line.slice(0, match.index);
    if (before.split('"').length % 2 === 1 && before.split("'").length % 2 === 1) { return before; }
  }
  return line;
}

function parameterText(name: string, stack: LaunchStack, depth: number): string {
  const argument = stack.argument(name);
  return argument ? textsIn(argument.value, argument.stack, depth + 1) : textsIn(stack.declaredDefault(name), stack, depth + 1);
}

/** User data may be given in Base64, without a function that says so; so may the parts of a MIME document. */
function decoded(text: string): string {
  if (text.length > MAX_LENGTH || text.length < MIN_LENGTH) { return text; }
  const plain = plainOf(text.replace(/\s+/g, ''));
  return plain === undefined ? withPartsDecoded(text) : `${text}\n${withPartsDecoded(plain)}`;
}

function withPartsDecoded(text: string): string {
  if (!/base64/i.test(text)) { return text; }
  const parts = /^content-transfer-encoding:[ \t]*base64[ \t]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([A-Za-z0-9+/=\r\n]+)/gim;
  return text.replace(parts, (whole, encoded: string) => plainOf(encoded.replace(/\s+/g, '')) ?? whole);
}

/** What a text in Base64 says, if it is one. */
function plainOf(text: string): string | undefined {
  const isBase64 = text.length >= MIN_LENGTH && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  const plain = isBase64 ? Buffer.from(text, 'base64').toString('utf8') : undefined;
  return plain?.includes('\uFFFD') ? undefined : plain;
}
