import type { PossibleValue, Setting } from './setting';
import { UNSET, distinctValues } from './setting';

/** A JSON object that is neither null nor an array. */
export type JsonObject = { readonly [key: string]: unknown };

/** The parameters of a template, with the possible values of a `Ref`. */
export interface ParameterLookup {
  (logicalId: string): { readonly allowedValues?: readonly unknown[]; readonly defaultValue?: unknown } | undefined;
  /** The possible values of an attribute, by the argument of `Fn::GetAtt`. For nested stacks, this can include values of outputs. */
  readonly attribute?: (attribute: unknown) => Setting | undefined;
}

/** The parts of `Fn::If`. */
export interface Branches {
  readonly condition: unknown;
  readonly whenTrue: unknown;
  readonly whenFalse: unknown;
}

/** The maximum nesting of conditions. Deeper ones are unknown, so that a cycle does not hang a build. */
const MAX_DEPTH = 64;

/** Whether a value is a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property of a JSON object. Inherited properties, such as those of `__proto__`, are ignored. */
export function ownValue(object: JsonObject, key: string): unknown {
  return hasOwn(object, key) ? object[key] : undefined;
}

/** The name of the intrinsic function, if the value is one. */
export function intrinsicName(value: unknown): string | undefined {
  if (!isObject(value)) { return undefined; }
  // A loop instead of a list of the keys, because this function runs more often than any other.
  let only: string | undefined;
  for (const key in value) {
    if (value[key] === undefined || !hasOwn(value, key)) { continue; }
    if (only !== undefined) { return functionAmong(value); }
    only = key;
  }
  return only !== undefined && (only === 'Ref' || only.startsWith('Fn::')) ? only : undefined;
}

/** An intrinsic function among other keys of an object. CloudFormation adds its result to these keys. */
function functionAmong(object: JsonObject): string | undefined {
  for (const key in object) {
    if (key.startsWith('Fn::') && (key === 'Fn::Transform' || key.startsWith('Fn::ForEach::')) && hasOwn(object, key) && object[key] !== undefined) { return key; }
  }
  return undefined;
}

/** Whether CloudFormation removes the value at deployment: missing, null, or `AWS::NoValue`. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || isNoValue(value);
}

/** Whether the value is `{ Ref: AWS::NoValue }`. */
export function isNoValue(value: unknown): boolean {
  return isObject(value) && value.Ref === 'AWS::NoValue' && intrinsicName(value) === 'Ref';
}

/** The branches of a well-formed `Fn::If`. CDK removes `undefined` from lists. */
export function branchesOf(value: unknown): Branches | undefined {
  const args = isObject(value) ? value['Fn::If'] : undefined;
  if (args === undefined || intrinsicName(value) !== 'Fn::If') { return undefined; }
  if (!Array.isArray(args) || args.length !== 3 || args.includes(undefined)) { return undefined; }
  return { condition: args[0], whenTrue: args[1], whenFalse: args[2] };
}

/** Whether a value is absent, or a condition can remove it. If conditions are nested too deeply, the result is true. */
export function mayBeAbsent(value: unknown, depth = 0): boolean {
  const branches = branchesOf(value);
  if (!branches) { return isAbsent(value); }
  return depth >= MAX_DEPTH || [branches.whenTrue, branches.whenFalse].some(branch => mayBeAbsent(branch, depth + 1));
}

/** Maps both branches. Returns the same object if no branch changes. */
export function mapBranches(value: unknown, branches: Branches, map: (branch: unknown) => unknown): unknown {
  const whenTrue = map(branches.whenTrue);
  const whenFalse = map(branches.whenFalse);
  return whenTrue === branches.whenTrue && whenFalse === branches.whenFalse
    ? value
    : { 'Fn::If': [branches.condition, whenTrue, whenFalse] };
}

/** All distinct values that a part of a template can have at deployment. */
export function possibleValues(value: unknown, parameters: ParameterLookup): Setting {
  if (!branchesOf(value)) { return plainValues(value, parameters); }
  const found: PossibleValue[] = [];
  const collected = new Set<unknown>();
  collectValues(value, found, 0, leaf => {
    const name = intrinsicName(leaf) === 'Ref' ? (leaf as JsonObject).Ref : undefined;
    if (name !== undefined && collected.has(name)) { return []; }
    collected.add(name);
    return plainValues(leaf, parameters);
  });
  return distinctValues(found);
}

/** Adds the values of each branch. */
function collectValues(value: unknown, found: PossibleValue[], depth: number, valuesOf: (leaf: unknown) => Setting): void {
  const branches = depth < MAX_DEPTH ? branchesOf(value) : undefined;
  if (!branches) {
    for (const possible of valuesOf(value)) { found.push(possible); }
    return;
  }
  collectValues(branches.whenTrue, found, depth + 1, valuesOf);
  collectValues(branches.whenFalse, found, depth + 1, valuesOf);
}

/** The values that are not conditions. */
function plainValues(value: unknown, parameters: ParameterLookup): Setting {
  if (isNoValue(value) || value === undefined) { return UNSET; }
  const name = intrinsicName(value);
  if (name === 'Ref') { return parameterValues((value as JsonObject).Ref, parameters); }
  const attribute = name === 'Fn::GetAtt' ? parameters.attribute?.((value as JsonObject)[name]) : undefined;
  if (attribute) { return attribute; }
  const text = name === 'Fn::Sub' ? (value as JsonObject)[name] : undefined;
  if (typeof text === 'string' && !text.includes('${')) { return [{ kind: 'set', value: text }]; }
  if (typeof value === 'string' && value.includes('{{resolve:')) { return [{ kind: 'unknown', reason: 'a dynamic reference' }]; }
  return name ? [{ kind: 'unknown', reason: name }] : [{ kind: 'set', value }];
}

/** A parameter with AllowedValues has one of them. A parameter with only a Default can have any other value. */
function parameterValues(logicalId: unknown, parameters: ParameterLookup): Setting {
  if (typeof logicalId !== 'string') { return [{ kind: 'unknown', reason: 'Ref' }]; }
  const unknown: PossibleValue = { kind: 'unknown', reason: `Ref ${logicalId}` };
  const parameter = parameters(logicalId);
  if (parameter?.allowedValues?.length) { return distinctValues(parameter.allowedValues.map(value => ({ kind: 'set', value }))); }
  return parameter?.defaultValue === undefined ? [unknown] : [{ kind: 'set', value: parameter.defaultValue }, unknown];
}

function hasOwn(object: JsonObject, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}
