import { createHash } from 'crypto';
import type { Event } from './properties';

/** How many characters of the hash stand in a name. */
const HASH = 10;

/**
 * The name of the image that a request asks for: what it begins with, and a hash of what the image is made of and whose it is.
 *
 * So another image has another name, of which EC2 takes each only once; and an image that was asked for before, by an attempt that broke off or by
 * the template that a rollback goes back to, is found again by its name.
 */
export function nameFor({ StackId, LogicalResourceId, ResourceProperties: { Image = {} } = {} }: Event): string {
  const text = JSON.stringify([StackId, LogicalResourceId, Image], inOrder);
  return `${String(Image.Name)}-${createHash('sha256').update(text).digest('hex').slice(0, HASH)}`;
}

/** CloudFormation may send the same properties in another order. */
function inOrder(_: string, value: unknown): unknown {
  return value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
}
