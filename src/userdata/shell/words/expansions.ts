import type { PossibleText } from '../../request/possible-text';
import { ANYTHING, NEVER_SET, NOTHING, UNKNOWN, hasToken, isEmpty, isKnown, oneOfAll } from '../../request/possible-text';
import type { PossibleValue, Scope } from '../scope';
import { elementName } from '../scope';
import type { Operation, Part, Word } from '../syntax';
import { changedText, slicedList } from './parameter-changes';

/** What the expansion of a word needs from the script. */
export interface Surrounding {
  readonly scope: Scope;
  /** The output of a command in a word. */
  outputOf(part: Part): PossibleText;
  /** The path of a file with the output of a command. */
  fileOf(part: Part): string;
  /** Runs the commands in a node without its text, as in arithmetic. */
  runIn(node: unknown): void;
  /** Whether the limit allows it to copy a value of this length. */
  mayCopy(length: number): boolean;
  /** Notes that a session token was used. */
  touched(): void;
}

/** One possible expansion of a word: its fields. The last field is possibly not complete. */
interface Fields {
  readonly done: readonly string[];
  readonly open: string | undefined;
}

const START: readonly Fields[] = [{ done: [], open: undefined }];
const MOST_WAYS = 8;
const MOST_FIELDS = 400;
const MOST_BRACES = 40;
/** Variables that the system sets. */
const FROM_SYSTEM = /^(?:HOME|PATH|PWD|USER|HOSTNAME|LOGNAME|SHELL|UID|EUID|RANDOM|SECONDS|LINENO|OLDPWD|OSTYPE|BASH\w*|PPID|REPLY|OPTARG|OPTIND|FUNCNAME|PIPESTATUS)$/;

/** The possible expansions of a word, each split into fields. */
export function fieldsOf(word: Word, around: Surrounding): readonly (readonly string[])[] {
  const { parts } = word;
  if (!parts) { return [[word.value]]; }
  return appendParts(START, parts, false, around).map(({ done, open }) => open === undefined ? done : [...done, open]);
}

/** The possible texts of a word that is not split, as in an assignment or after a redirection. */
export function textOf(word: Word, around: Surrounding): PossibleText {
  const { parts } = word;
  if (!parts) { return [word.value]; }
  return textOfParts(parts, around);
}

/** The possible texts of parts that are together in quotes. */
export function textOfParts(parts: readonly Part[], around: Surrounding): PossibleText {
  return oneOfAll(appendParts(START, parts, true, around).map(({ done, open }) => [...done, open ?? ''].join(' ')));
}

function appendParts(ways: readonly Fields[], parts: readonly Part[], isQuoted: boolean, around: Surrounding): readonly Fields[] {
  return parts.reduce((all, part) => appendPart(all, part, isQuoted, around), ways);
}

function appendPart(ways: readonly Fields[], part: Part, isQuoted: boolean, around: Surrounding): readonly Fields[] {
  switch (part.type) {
    case 'DoubleQuoted':
    case 'LocaleString': return part.parts!.length === 0 ? glued(ways, NOTHING) : appendParts(ways, part.parts!, true, around);
    case 'SimpleExpansion': return appendValues(ways, variable(part.text.slice(1), around), isQuoted, /^\$[@*]$/.test(part.text));
    case 'ParameterExpansion': return appendParameter(ways, part, isQuoted, around);
    case 'CommandExpansion': return appendValues(ways, trimmed(around.outputOf(part)), isQuoted, false);
    case 'ArithmeticExpansion':
      around.runIn(part.expression);
      return glued(ways, [arithmetic(part.text)]);
    case 'ProcessSubstitution': return glued(ways, [around.fileOf(part)]);
    case 'BraceExpansion':
      around.runIn(part.parts);
      return isQuoted ? glued(ways, [part.text]) : appendBraces(ways, part.text);
    case 'ExtendedGlob':
      around.runIn(part.parts);
      return glued(ways, [part.text]);
    default: return glued(ways, [part.value ?? part.text]);
  }
}

function appendBraces(ways: readonly Fields[], text: string): readonly Fields[] {
  const inside = /^\{([^{},]*,[^{}]*)\}$/.exec(text)?.[1].split(',');
  if (!inside || inside.length > 20 || ways.length > 1 || ways[0].done.length > MOST_BRACES) { return glued(ways, [text]); }
  // The shell adds the text before and after the braces to each element. Here, only the last element gets the text after them.
  const [{ done, open = '' }] = ways;
  return [{ done: [...done, ...inside.slice(0, -1).map(each => open + each)], open: open + inside[inside.length - 1] }];
}

function appendParameter(ways: readonly Fields[], part: Part, isQuoted: boolean, around: Surrounding): readonly Fields[] {
  const { prefix, operation, index } = part;
  if (prefix === '#') { return glued(ways, ANYTHING); }
  const values = prefix === '!' ? indirect(part.parameter!, around) : element(part.parameter!, index, around);
  const isList = part.parameter === '@' || part.parameter === '*' || index?.text === '@' || index?.text === '*';
  if (!operation) { return appendValues(ways, values, isQuoted, isList); }
  if (isList && operation.type === 'Slice') {
    // The first argument is the name of the script.
    const lists = values.map(value => typeof value === 'string' ? undefined : slicedList(index ? value : [UNKNOWN, ...value], operation, word => textOf(word, around)[0]));
    return appendValues(ways, lists.map(list => list ?? UNKNOWN), isQuoted, isList);
  }
  if (operation.type === 'Default') { return appendDefault(ways, { parameter: part.parameter!, values, operation, isQuoted, isList }, around); }
  return appendValues(ways, values.map(value => changedText(value, operation, word => textOf(word, around)[0])), isQuoted, isList);
}

/** A parameter with a word for the case that it is set or unset. */
interface Defaulted {
  readonly parameter: string;
  readonly values: readonly PossibleValue[];
  readonly operation: Operation;
  readonly isQuoted: boolean;
  readonly isList: boolean;
}

/** `${name:-word}`, `${name:=word}`, `${name:+word}`, `${name:?word}` */
function appendDefault(ways: readonly Fields[], defaulted: Defaulted, around: Surrounding): readonly Fields[] {
  const { parameter, values, operation, isQuoted, isList } = defaulted;
  const isSet = (value: PossibleValue) => typeof value === 'string' ? !isEmpty(value) : value.length > 0;
  const sets = values.filter(isSet);
  const mayBeUnset = values.length === 0 || values.some(value => !isSet(value) || value === UNKNOWN);
  if (operation.operator.endsWith('?')) { return appendValues(ways, values, isQuoted, isList); }
  const operand = operation.operand!;
  if (operation.operator.endsWith('+')) {
    if (sets.length === 0) { return isQuoted ? glued(ways, NOTHING) : ways; }
    const withOperand = appendOperand(ways, operand, isQuoted, around);
    return mayBeUnset ? [...withOperand, ...isQuoted ? glued(ways, NOTHING) : ways].slice(0, MOST_WAYS) : withOperand;
  }
  if (mayBeUnset && operation.operator.endsWith('=')) { around.scope.set(parameter, [...sets, ...textOf(operand, around)]); }
  const kept = sets.length > 0 ? appendValues(ways, sets, isQuoted, isList) : [];
  if (!mayBeUnset) { return kept; }
  return [...appendOperand(ways, operand, isQuoted, around), ...kept].slice(0, MOST_WAYS);
}

function appendOperand(ways: readonly Fields[], { parts, value }: Word, isQuoted: boolean, around: Surrounding): readonly Fields[] {
  return parts ? appendParts(ways, parts, isQuoted, around) : appendValues(ways, [value], isQuoted, false);
}

/** The possible values of a variable or an argument. */
export function variable(name: string, around: Surrounding): readonly PossibleValue[] {
  const { scope } = around;
  if (/^\d+$/.test(name)) {
    if (name === '0' || !scope.args) { return ANYTHING; }
    return [scope.args[Number(name) - 1] ?? ''];
  }
  if (name === '@' || name === '*') { return scope.args ? [scope.args] : ANYTHING; }
  if (/^[#?$!-]$/.test(name)) { return ANYTHING; }
  const values = scope.get(name);
  if (values === undefined) { return [FROM_SYSTEM.test(name) ? UNKNOWN : scope.unset]; }
  if (!around.mayCopy(lengthOf(values))) { return ANYTHING; }
  if (!values.some(valueHasToken)) { return values; }
  around.touched();
  // If the token is empty, the script uses a fallback, or waits for a token.
  return values.filter(value => typeof value !== 'string' ? value.length > 0 : !isEmpty(value));
}

function lengthOf(values: readonly PossibleValue[]): number {
  return values.reduce((sum, value) => sum + (typeof value === 'string' ? value.length : value.length * 8), 0);
}

function valueHasToken(value: PossibleValue): boolean {
  return typeof value === 'string' ? hasToken(value) : value.some(hasToken);
}

function indirect(name: string, around: Surrounding): readonly PossibleValue[] {
  const names = variable(name, around).filter(value => typeof value === 'string');
  return names.length === 1 && /^\w+$/.test(names[0]) ? variable(names[0], around) : ANYTHING;
}

function element(name: string, index: Word | undefined, around: Surrounding): readonly PossibleValue[] {
  const values = variable(name, around);
  if (name === '@' || name === '*') { return values; }
  if (!index || index.text === '@' || index.text === '*') { return index ? values : values.map(value => typeof value === 'string' ? value : value[0] ?? ''); }
  const key = textOf(index, around)[0];
  const keyed = around.scope.get(elementName(name, key));
  if (keyed) { return keyed; }
  if (/^\d+$/.test(key)) { return values.map(value => typeof value === 'string' ? (key === '0' ? value : '') : value[Number(key)] ?? ''); }
  return isKnown(key) && around.scope.get(name) === undefined ? [NEVER_SET] : ANYTHING;
}

function appendValues(ways: readonly Fields[], values: readonly PossibleValue[], isQuoted: boolean, isList: boolean): readonly Fields[] {
  const all = values.flatMap(value => ways.map(way => {
    if (typeof value === 'string') { return isQuoted ? { done: way.done, open: (way.open ?? '') + value } : split(way, value); }
    if (isQuoted && isList) { return listed(way, value); }
    return isQuoted ? { done: way.done, open: (way.open ?? '') + value.join(' ') } : value.reduce((so, each, index) => split(index > 0 ? closed(so) : so, each), way);
  }));
  return all.length > MOST_WAYS ? all.slice(0, MOST_WAYS) : all;
}

function closed({ done, open }: Fields): Fields {
  return open === undefined ? { done, open } : { done: [...done, open], open: undefined };
}

function listed({ done, open }: Fields, elements: readonly string[]): Fields {
  if (elements.length === 0) { return { done, open }; }
  const all = [(open ?? '') + elements[0], ...elements.slice(1, MOST_FIELDS)];
  return { done: [...done, ...all.slice(0, -1)], open: all[all.length - 1] };
}

/** Splits an unquoted value at its spaces. */
function split(way: Fields, value: string): Fields {
  if (!/\s/.test(value)) { return value === '' || value === NEVER_SET ? way : { done: way.done, open: (way.open ?? '') + value }; }
  const pieces = value.split(/\s+/).slice(0, MOST_FIELDS);
  const [first, ...rest] = pieces;
  const fields = [...way.done];
  let open = first === '' ? way.open : (way.open ?? '') + first;
  for (const piece of rest) {
    if (open !== undefined) { fields.push(open); }
    open = piece === '' ? undefined : piece;
  }
  return { done: fields, open };
}

function glued(ways: readonly Fields[], texts: PossibleText): readonly Fields[] {
  if (ways.length === 1 && texts.length === 1) { return [{ done: ways[0].done, open: (ways[0].open ?? '') + texts[0] }]; }
  return texts.flatMap(text => ways.map(({ done, open }) => ({ done, open: (open ?? '') + text }))).slice(0, MOST_WAYS);
}

function trimmed(texts: PossibleText): PossibleText {
  return texts.map(text => text.replace(/(?<!\n)\n+$/, ''));
}

/** The result of sums and products of numbers. Other expressions are unknown. */
function arithmetic(text: string): string {
  const inside = text.replace(/^\$\(\(|\)\)$|^\$\[|\]$/g, '').replace(/\s+/g, '');
  if (!/^(?:0x[\da-f]+|\d+)(?:[+*-](?:0x[\da-f]+|\d+))*$/i.test(inside) || inside.length > 60) { return UNKNOWN; }
  const sum = inside.replace(/-/g, '+-').split('+').map(product => {
    const sign = product.startsWith('-') ? -1 : 1;
    return product.replace(/^-/, '').split('*').reduce((all, number) => all * (/^0\d/.test(number) ? parseInt(number, 8) : Number(number)), sign);
  });
  return String(sum.reduce((all, each) => all + each, 0));
}
