import { branchesOf, intrinsicName, isObject } from '../../model/intrinsics';
import type { JsonObject } from '../../model/intrinsics';
import { subPieces } from '../../model/sub-text';
import { UNKNOWN } from '../request/possible-text';

/** Returns the value of a parameter or another reference, as far as it is known. */
export interface Refer {
  (name: string): string | undefined;
}

const DEEPEST = 40;
/** The most texts that conditions can create from a value. */
const MOST_TEXTS = 16;

/** The possible texts of a template value at deployment: one for each branch of a condition. Unknown references are marked in them. */
export function templateTexts(value: unknown, refer: Refer, depth = 0): readonly string[] {
  if (depth > DEEPEST || value === undefined || value === null) { return [UNKNOWN]; }
  if (typeof value === 'string') { return [value]; }
  if (typeof value === 'number' || typeof value === 'boolean') { return [String(value)]; }
  const branches = branchesOf(value);
  if (branches) {
    return most([...templateTexts(branches.whenTrue, refer, depth + 1), ...templateTexts(branches.whenFalse, refer, depth + 1)]);
  }
  const name = intrinsicName(value);
  const argument = name === undefined ? undefined : (value as JsonObject)[name];
  switch (name) {
    case 'Fn::Base64': return templateTexts(argument, refer, depth + 1);
    case 'Fn::Sub': return subTexts(argument, refer, depth);
    case 'Fn::Join': return joinTexts(argument, refer, depth);
    case 'Ref': return [typeof argument === 'string' ? refer(argument) ?? UNKNOWN : UNKNOWN];
    default: return [UNKNOWN];
  }
}

function joinTexts(argument: unknown, refer: Refer, depth: number): readonly string[] {
  if (!Array.isArray(argument) || typeof argument[0] !== 'string' || !Array.isArray(argument[1])) { return [UNKNOWN]; }
  const [separator, pieces] = argument as [string, unknown[]];
  return pieces.reduce<readonly string[]>((texts, piece, index) => {
    const next = templateTexts(piece, refer, depth + 1);
    return most(texts.flatMap(text => next.map(each => index === 0 ? each : text + separator + each)));
  }, ['']);
}

function subTexts(argument: unknown, refer: Refer, depth: number): readonly string[] {
  const [pattern, given] = Array.isArray(argument) ? argument as [unknown, unknown] : [argument, undefined];
  const values = isObject(given) ? given : {};
  return [subPieces(pattern).map(piece => {
    switch (piece.kind) {
      case 'text': return piece.text;
      case 'value': return templateTexts(piece.value, refer, depth + 1)[0];
      case 'reference': return Object.hasOwn(values, piece.name) ? templateTexts(values[piece.name], refer, depth + 1)[0] : refer(piece.name) ?? UNKNOWN;
    }
  }).join('')];
}

function most(texts: readonly string[]): readonly string[] {
  return texts.length > MOST_TEXTS ? texts.slice(0, MOST_TEXTS) : texts;
}
