/** What can be said of a piece of a template without the library's help. */

export const NO_VALUE = { Ref: 'AWS::NoValue' };

export type JsonObject = { readonly [key: string]: unknown };

export interface Template {
  readonly Parameters?: { readonly [logicalId: string]: object };
  readonly Resources?: { readonly [logicalId: string]: { readonly Type: string; readonly Properties?: unknown } };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object that is no intrinsic function. */
export function isPlain(value: unknown): value is JsonObject {
  if (!isObject(value)) { return false; }
  const keys = Object.keys(value);
  return !keys.some(key => key === 'Fn::Transform' || key.startsWith('Fn::ForEach::')) && !(keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::')));
}

export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (isObject(value) && !isPlain(value) && own(value, 'Ref') === 'AWS::NoValue');
}

/** Condition and branches of a well-formed `Fn::If`. */
export function ifOf(value: unknown): [condition: unknown, whenTrue: unknown, whenFalse: unknown] | undefined {
  if (!isObject(value) || isPlain(value)) { return undefined; }
  const operands = own(value, 'Fn::If');
  return Array.isArray(operands) && operands.length === 3 ? operands as [unknown, unknown, unknown] : undefined;
}

export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A copy with one more key, or one less where the value is `undefined`. */
export function withKey(object: JsonObject, key: string, value: unknown): JsonObject {
  const entries = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? entries : [...entries, [key, value]]);
}

/** The text of a document: intrinsics in it stand as numbers, which are as good inside of a JSON string as outside. */
export function documentText(value: unknown): { readonly form: string; readonly text: string } | undefined {
  if (typeof value === 'string') { return { form: 'string', text: value }; }
  const join = own(value, 'Fn::Join');
  if (Array.isArray(join) && typeof join[0] === 'string' && Array.isArray(join[1])) {
    const pieces = join[1].map((piece: unknown) => typeof piece === 'string' ? piece : digits(piece));
    return { form: 'Fn::Join', text: pieces.join(join[0]) };
  }
  const sub = own(value, 'Fn::Sub');
  const template: unknown = Array.isArray(sub) ? sub[0] : sub;
  return typeof template === 'string' ? { form: 'Fn::Sub', text: template.replace(/\$\{[^}]*\}/g, digits) } : undefined;
}

/** The content of a document that is an object, or an object that CloudFormation makes text of. */
export function documentObject(value: unknown): unknown {
  return isPlain(value) ? value : own(value, 'Fn::ToJsonString');
}

/** The JSON that a text is; `undefined` where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A number that stands for a value, the same one wherever the value stands. */
function digits(value: unknown): string {
  const text = JSON.stringify(value);
  let sum = 0;
  for (let i = 0; i < text.length; i++) { sum = (sum * 31 + text.charCodeAt(i)) % 1_000_000_007; }
  return `7${sum}`;
}
