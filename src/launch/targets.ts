import { intrinsicName, isObject } from '../model/intrinsics';
import { describeValue } from '../model/setting';
import type { Blank } from './partial-text';
import { PartialText } from './partial-text';
import type { LaunchResource, LaunchStack } from './world';

/** The possible results of a value at deployment: a resource (or an attribute of it), a text, or unknown. */
export type Target =
  | { readonly kind: 'resource'; readonly resource: LaunchResource; readonly attribute: string }
  /** A text; `mentions` has the resource that it ends with, as an ARN does. */
  | { readonly kind: 'text'; readonly text: PartialText; readonly mentions: readonly LaunchResource[] }
  /** `partly` is the known part of an incomplete text. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly partly?: PartialText };

/** A value with more possibilities counts as unknown. */
const MAX_TARGETS = 64;

/** The maximum number of pieces of an incomplete text: more than a tag key has. */
const MAX_PIECES = 64;

/** All combinations of the pieces of a text; a single piece does not change. */
export function together(pieces: readonly (readonly Target[])[], name: string): readonly Target[] {
  if (pieces.length === 1) { return pieces[0]; }
  return pieces.reduce((all, alternatives, index) => {
    const isLast = index === pieces.length - 1;
    const present = alternatives.length > 0 ? alternatives : [text('')];
    return few(all.flatMap(left => present.map(right => concatenated(left, right, name, isLast))));
  }, [text('')]);
}

function concatenated(left: Target, right: Target, name: string, isLast: boolean): Target {
  if (left.kind === 'unknown') { return unknown(left.reason, partlyOf(left).plus(partlyOf(right))); }
  if (right.kind === 'unknown') { return unknown(`${name} with ${right.reason}`, textOf(left).plus(partlyOf(right))); }
  const before = textOf(left);
  if (before.isLong) { return unknown(`${name} of a long text`); }
  const mentioned = right.kind === 'text' ? right.mentions : [right.resource];
  return { kind: 'text', text: before.plus(textOf(right)), mentions: isLast && /^$|^arn:.*[/:]$/s.test(before.words) ? mentioned : [] };
}

function textOf(target: Exclude<Target, { kind: 'unknown' }>): PartialText {
  if (target.kind === 'text') { return target.text; }
  const { resource, attribute } = target;
  return PartialText.blank({ name: attribute, of: resource, words: `\${${resource.stack.id} ${resource.path}.${attribute}}` });
}

/** The text of a target, with a blank for each unknown part. */
function partlyOf(target: Target): PartialText {
  if (target.kind !== 'unknown') { return textOf(target); }
  return target.partly ?? PartialText.blank({ name: target.reason, words: `\${${target.reason}}` });
}

/** A pseudo parameter: its text, where that is known, or else one that only the same parameter has. */
export function pseudo(name: string, stack: LaunchStack): Target {
  switch (name) {
    case 'AWS::StackName': return stack.name === undefined ? blank({ name, of: stack, words: `\${${stack.id}}` }) : text(stack.name);
    case 'AWS::StackId': return blank({ name, of: stack, words: `\${${name} ${stack.id}}` });
    case 'AWS::Region': return stack.region === undefined ? blank({ name, words: `\${${name}}` }) : text(stack.region);
    case 'AWS::AccountId': return stack.account === undefined ? blank({ name, words: `\${${name}}` }) : text(stack.account);
    default: return blank({ name, words: `\${${name}}` });
  }
}

function blank(what: Blank): Target {
  return { kind: 'text', text: PartialText.blank(what), mentions: [] };
}

/** A limited number of alternatives; unknown is listed once. */
export function few(targets: readonly Target[]): readonly Target[] {
  const seen = new Set<string>();
  const distinct = targets.filter(target => {
    if (target.kind !== 'unknown') { return true; }
    const words = `${target.reason} ${target.partly?.words ?? ''}`;
    const isNew = !seen.has(words);
    seen.add(words);
    return isNew;
  });
  return distinct.length <= MAX_TARGETS ? distinct : [unknown('too many alternatives')];
}

/** A text that is known. */
export function text(value: string): Target {
  return { kind: 'text', text: PartialText.literal(value), mentions: [] };
}

/** A value that is unknown before deployment, with the reason and the known part. */
export function unknown(reason: string, partly?: PartialText): Target & { readonly kind: 'unknown' } {
  return partly && partly.length <= MAX_PIECES ? { kind: 'unknown', reason, partly } : { kind: 'unknown', reason };
}

/** A literal; objects and lists are not texts. */
export function literal(value: unknown): Target {
  return typeof value === 'object' ? unknown(reasonFor(value)) : text(String(value));
}

/** The reason why a value is unreadable. It does not include the whole value, which may be large and deep. */
export function reasonFor(value: unknown): string {
  if (Array.isArray(value)) { return 'a list'; }
  return intrinsicName(value) ?? (isObject(value) ? `an object with ${Object.keys(value).slice(0, 3).join(', ')}` : describeValue(value));
}
