import type { Json } from '../../harness/json';

/**
 * Whether an event matches a pattern of EventBridge. It supports only equal strings and prefixes.
 *
 * `npm run test:engines` uses AWS's own library.
 *
 * @throws Error if a pattern has anything else
 */
export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) { return pattern.some(accepted => accepts(accepted, event)); }
  if (!isJson(pattern)) { throw new Error(`no pattern: ${JSON.stringify(pattern)}`); }
  return isJson(event) && Object.entries(pattern).every(([key, inner]) => key in event && matches(inner, event[key]));
}

function accepts(accepted: unknown, value: unknown): boolean {
  if (typeof accepted === 'string') { return value === accepted; }
  if (isJson(accepted) && Object.keys(accepted).join() === 'prefix') { return typeof value === 'string' && value.startsWith(accepted.prefix as string); }
  throw new Error(`not known here: ${JSON.stringify(accepted)}`);
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
