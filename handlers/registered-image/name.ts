import { createHash } from 'crypto';
import type { Event } from './properties';

/** The number of characters of the hash in a name. */
const HASH = 10;

/**
 * The name of the requested image: the given prefix, and a hash of its properties and of its stack.
 *
 * So another image has another name, and EC2 allows each name only once. An image from an interrupted attempt, or one that a rollback returns to, is
 * found by its name.
 */
export function nameFor({ StackId, LogicalResourceId, ResourceProperties: { Image = {} } = {} }: Event): string {
  const text = JSON.stringify([StackId, LogicalResourceId, Image], inOrder);
  return `${String(Image.Name)}-${createHash('sha256').update(text).digest('hex').slice(0, HASH)}`;
}

/** Sorts the keys, because CloudFormation can send the same properties in another order. */
function inOrder(_: string, value: unknown): unknown {
  return value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
}
