import { Token } from 'aws-cdk-lib';

/** What every unresolved value in a text has in it: the marker of texts and lists, or the exponent of numbers. */
const UNRESOLVED_MARKS = { text: 'Token[', number: 'e+289' };

/** How deep a value is looked through before it is left to CDK. */
const MAX_DEPTH = 20;

/** Whether a value renders to itself: nothing unresolved is in it, and nothing that is left out or that CDK knows how to render. */
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

/** A quick look, before CDK takes the text apart. */
export function mayHoldUnresolved(text: string): boolean {
  return text.includes(UNRESOLVED_MARKS.text) || text.includes(UNRESOLVED_MARKS.number);
}
