import { Token } from 'aws-cdk-lib';

/** What every token in a text has in it: the marker of texts and lists, or the exponent of numbers. */
const TOKEN_MARKS = { text: 'Token[', number: 'e+289' };

/** How deep a value is looked through before it is left to CDK. */
const MAX_DEPTH = 20;

/** Whether a value renders to itself: no token is in it, and nothing that is left out or that CDK knows how to render. */
export function isLiteral(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string': return !mayHaveToken(value);
    case 'number': return !Token.isUnresolved(value);
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
  return Object.keys(object).every(key => !mayHaveToken(key) && isLiteral(object[key], depth + 1));
}

/** A quick look, before CDK takes the text apart. */
export function mayHaveToken(text: string): boolean {
  return text.includes(TOKEN_MARKS.text) || text.includes(TOKEN_MARKS.number);
}
