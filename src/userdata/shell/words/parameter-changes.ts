import { UNKNOWN, hasToken, isKnown } from '../../request/possible-text';
import type { PossibleValue } from '../scope';
import type { Operation, Word } from '../syntax';

/** The result of `${name#...}`, `${name/.../...}` and similar expansions. A token stays a token. */
export function changedText(value: PossibleValue, operation: Operation, textOf: (word: Word) => string): PossibleValue {
  if (typeof value !== 'string') { return value.map(each => changedText(each, operation, textOf) as string); }
  if (hasToken(value) && operation.type !== 'Replace') { return value; }
  switch (operation.type) {
    case 'Remove': return removed(value, operation.operator, textOf(operation.operand!));
    case 'Replace': return replaced(value, operation.operator, textOf(operation.pattern!), operation.replacement ? textOf(operation.replacement) : '');
    case 'CaseModification': return cased(value, operation.operator);
    case 'Transform': return value;
    case 'Slice': return sliced(value, (operation as unknown as { offset: Word; length?: Word }), textOf);
    default: return UNKNOWN;
  }
}

/** A part of a list, as in `${@:2}` and `${list[@]:1:2}`. */
export function slicedList(list: readonly string[], operation: Operation, textOf: (word: Word) => string): readonly string[] | undefined {
  const { offset, length } = operation as unknown as { offset: Word; length?: Word };
  const from = Number(textOf(offset).trim());
  const count = length ? Number(textOf(length).trim()) : list.length;
  return Number.isInteger(from) && count >= 0 ? list.slice(from, from < 0 && from + count >= 0 ? undefined : from + count) : undefined;
}

function sliced(value: string, { offset, length }: { offset: Word; length?: Word }, textOf: (word: Word) => string): string {
  const from = Number(textOf(offset).trim());
  const count = length ? Number(textOf(length).trim()) : undefined;
  if (!isKnown(value) || Number.isNaN(from) || Number.isNaN(count)) { return UNKNOWN; }
  const rest = value.slice(from);
  return count === undefined ? rest : count < 0 ? rest.slice(0, count) : rest.slice(0, count);
}

function cased(value: string, operator: string): string {
  const change = (text: string) => operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase();
  return operator.length === 2 ? change(value) : change(value.slice(0, 1)) + value.slice(1);
}

function replaced(value: string, operator: string, pattern: string, replacement: string): string {
  if (!isKnown(pattern) || /[*?[]/.test(pattern)) { return UNKNOWN; }
  if (operator === '/#') { return value.startsWith(pattern) ? replacement + value.slice(pattern.length) : value; }
  if (operator === '/%') { return value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) + replacement : value; }
  if (pattern === '') { return value; }
  return operator === '//' ? value.replaceAll(pattern, () => replacement) : value.replace(pattern, () => replacement);
}

function removed(value: string, operator: string, pattern: string): string {
  if (!isKnown(pattern) || /[?[]/.test(pattern)) { return UNKNOWN; }
  const isStart = operator.startsWith('#');
  const fixed = pattern.replace(/^\*|\*$/g, '');
  if (fixed.includes('*')) { return UNKNOWN; }
  if (fixed === pattern) {
    if (isStart) { return value.startsWith(pattern) ? value.slice(pattern.length) : value; }
    return value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) : value;
  }
  if (!isKnown(value)) { return UNKNOWN; }
  const longest = operator.length === 2;
  const at = isStart === longest ? value.lastIndexOf(fixed) : value.indexOf(fixed);
  if (at < 0) { return value; }
  return isStart ? value.slice(at + fixed.length) : value.slice(0, at);
}
