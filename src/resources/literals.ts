import { Token } from 'aws-cdk-lib';

/** Each unresolved value in a text contains one of these: the marker of texts and lists, or the exponent of numbers. */
const UNRESOLVED_MARKS = { text: 'Token[', number: 'e+289' };

/** The depth to which a value is searched before CDK has to resolve it. */
const MAX_DEPTH = 20;

/** Whether a value renders to itself: nothing in it is unresolved, left out, or rendered by CDK. */
export function isLiteral(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string': return !mayHoldUnresolved(value);
    case 'number': return Number.isFinite(value) && !Token.isUnresolved(value);
    case 'boolean': return true;
    case 'object': break;
    default: return depth === 0 && value === undefined;
  }
  if (value === null) { return true; }
  if (depth > MAX_DEPTH) { return false; }
  if (Array.isArray(value)) { return value.every(element => isLiteral(element, depth + 1)); }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) { return false; }
  const object = value as { readonly [key: string]: unknown };
  return Object.keys(object).every(key => !mayHoldUnresolved(key) && isLiteral(object[key], depth + 1));
}

/** A fast check before CDK parses the text. */
export function mayHoldUnresolved(text: string): boolean {
  return text.includes(UNRESOLVED_MARKS.text) || text.includes(UNRESOLVED_MARKS.number);
}
