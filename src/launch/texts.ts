import { isObject, intrinsicName } from '../model/intrinsics';
import type { LaunchStack } from './world';

/** How deep a value is read. */
const MAX_DEPTH = 40;

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

/** The text without lines that are comments in shells, PowerShell, YAML and TOML. */
export function withoutComments(text: string): string {
  return text.split('\n').filter(line => !/^\s*#/.test(line)).join('\n');
}

function parameterText(name: string, stack: LaunchStack, depth: number): string {
  const argument = stack.argument(name);
  return argument ? textsIn(argument.value, argument.stack, depth + 1) : textsIn(stack.declaredDefault(name), stack, depth + 1);
}

/** User data may be given in Base64, without a function that says so. */
function decoded(text: string): string {
  const isBase64 = text.length >= 16 && text.length % 4 === 0 && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text) && !text.trim().includes(' ');
  if (!isBase64) { return text; }
  const plain = Buffer.from(text, 'base64').toString('utf8');
  return plain.includes('\uFFFD') ? text : `${text}\n${plain}`;
}
