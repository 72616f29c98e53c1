import type { Ecosystem } from './sdk';

/** The bounds of one part of a requirement. */
interface Bounds {
  /** The lowest allowed version. */
  readonly least?: string;
  /** The lowest version that is no longer allowed. */
  readonly below?: string;
  /** The highest allowed version. */
  readonly most?: string;
}

/** The alternatives of a requirement. All parts of an alternative must be met. */
export type VersionBounds = readonly (readonly Bounds[])[];

/** The longest requirement that is read. */
const LONGEST = 200;

/** A range in brackets, as in Maven and NuGet. */
const IN_BRACKETS = /^([[(\]])([^,]*),([^,]*)([\])[])$/;
const HYPHENED = /^(\S+)\s+-\s+(\S+)$/;
const PART = /^(~=|~>|={1,3}|[<>]=?|[\^~]|!=)?v?(\d{1,9}(?:\.\d{1,9})*)((?:\.?[xX*+]){0,5})((?:[-+.]?[A-Za-z][A-Za-z0-9.+-]{0,99}|[-+][A-Za-z0-9.+-]{1,99})?)$/;

/** The bounds of a requirement, with the rules of its package manager. `undefined` if it cannot be read. */
export function boundsOf(requirement: string, ecosystem: Ecosystem): VersionBounds | undefined {
  if (requirement.length > LONGEST) { return undefined; }
  const alternatives = requirement.split(/\|\|?|(?<=[\])]),/).map(text => partsOf(text.trim(), ecosystem));
  return alternatives.every(parts => parts !== undefined) ? alternatives : undefined;
}

function partsOf(text: string, ecosystem: Ecosystem): readonly Bounds[] | undefined {
  const [, opens, from, to, closes] = IN_BRACKETS.exec(text) ?? [];
  if (opens !== undefined) { return [...atLeast(from.trim()), ...to.trim() === '' ? [] : [closes === ']' ? { most: to.trim() } : { below: to.trim() }]]; }
  const [, first, last] = HYPHENED.exec(text) ?? [];
  const parts = first === undefined ? text.replace(/([<>=~^!])\s+/g, '$1').split(/[,\s]+/).filter(part => part !== '') : [`>=${first}`, `<=${last}`];
  const bounds = parts.map(part => boundsOfPart(part, ecosystem));
  return bounds.length > 0 && bounds.every(each => each !== undefined) ? bounds : undefined;
}

function atLeast(version: string): readonly Bounds[] {
  return version === '' ? [] : [{ least: version }];
}

function boundsOfPart(part: string, ecosystem: Ecosystem): Bounds | undefined {
  const [, operator = '', digits, any, suffix] = PART.exec(part) ?? [];
  if (digits === undefined) { return undefined; }
  const numbers = digits.split('.').map(Number);
  const version = digits + suffix;
  const isAny = any !== '' || (ecosystem === 'npm' && numbers.length < 3);
  const upTo = (index: number): Bounds => ({ least: version, below: raised(numbers, index) });
  const last = numbers.length - 1;
  switch (operator) {
    case '>': case '>=': return { least: version };
    case '<': return { below: version };
    case '<=': return isAny ? { below: raised(numbers, last) } : { most: version };
    case '!=': return {};
    case '^': return upTo(firstOver(numbers));
    case '~=': case '~>': return upTo(Math.max(last - 1, 0));
    case '~': return upTo(ecosystem === 'composer' ? Math.max(last - 1, 0) : Math.min(last, 1));
    default:
      if (isAny) { return upTo(last); }
      return operator === '' && ecosystem === 'cargo' ? upTo(firstOver(numbers)) : { least: version, most: version };
  }
}

/** The index of the first number that is not zero, else the last index. */
function firstOver(numbers: readonly number[]): number {
  const index = numbers.findIndex(number => number > 0);
  return index === -1 ? numbers.length - 1 : index;
}

function raised(numbers: readonly number[], index: number): string {
  return numbers.slice(0, index + 1).map((number, at) => at === index ? number + 1 : number).join('.');
}
