import { branchesOf, intrinsicName, isObject } from '../../model/intrinsics';
import type { JsonObject } from '../../model/intrinsics';
import { besides } from './client-environment';
import type { ClientVariable } from './client-environment';
import { MARKS, linuxCommands } from './linux-settings';
import { scriptHead } from './script-head';
import { windowsCommands } from './windows-settings';

/** The result of writing settings into user data. */
export interface WrittenText {
  /** The new value. It is the same object if nothing was written. */
  readonly value: unknown;
  readonly left: readonly { readonly names: readonly string[]; readonly because: string }[];
}

/** The maximum number of bytes that EC2 accepts, before Base64. */
const MOST_BYTES = 16_384;
/** The bytes that are reserved for a value that is only known at deployment. */
const BYTES_OF_REFERENCE = 100;
const DEEPEST = 20;
const OURS = new RegExp(`${MARKS.first}[^]*?${MARKS.last}`, 'g');

/** Writes settings into a text of a template: into each branch of a condition, and into the texts of `Fn::Join` and `Fn::Sub`. */
export function withSettings(value: unknown, variables: readonly ClientVariable[], depth = 0): WrittenText {
  const branches = depth < DEEPEST ? branchesOf(value) : undefined;
  if (!branches) { return intoScript(value, variables); }
  const [whenTrue, whenFalse] = [branches.whenTrue, branches.whenFalse].map(branch => withSettings(branch, variables, depth + 1));
  const isSame = whenTrue.value === branches.whenTrue && whenFalse.value === branches.whenFalse;
  return {
    value: isSame ? value : { 'Fn::If': [branches.condition, whenTrue.value, whenFalse.value] },
    left: [...whenTrue.left, ...whenFalse.left],
  };
}

function intoScript(value: unknown, variables: readonly ClientVariable[]): WrittenText {
  const texts: string[] = [];
  const references = collect(value, texts, 0);
  const { open, left } = stillOpen(texts, variables);
  if (open.length === 0) { return { value, left }; }
  const names = open.map(({ name }) => name);
  const written = placed(value, open);
  if ('because' in written) { return { value, left: [...left, { names, because: written.because }] }; }
  const after: string[] = [];
  collect(written.value, after, 0);
  const bytes = after.reduce((sum, text) => sum + Buffer.byteLength(text), references * BYTES_OF_REFERENCE);
  return bytes > MOST_BYTES ? { value, left: [...left, { names, because: 'it would be longer than 16 KB' }] } : { value: written.value, left };
}

/** The variables that the user data does not contain. Any use in a script counts. */
function stillOpen(texts: readonly string[], variables: readonly ClientVariable[]): { open: readonly ClientVariable[]; left: WrittenText['left'] } {
  const ours = texts.flatMap(text => text.match(OURS) ?? []).join('\n');
  const rest = texts.map(text => text.replace(OURS, '')).join('\n');
  const flags = isOfWindows(texts) ? 'i' : ''; // Windows ignores the case of variable names
  const isNamed = (text: string, name: string) => new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, flags).test(text);
  const kept = variables.filter(({ name }) => isNamed(rest, name));
  const opposed = variables.filter(variable => variable.opposite !== undefined && !kept.includes(variable) && isNamed(rest, variable.opposite));
  const taken = [...kept, ...opposed];
  const wanted = besides(taken.map(({ name }) => name), variables.filter(variable => !taken.includes(variable)));
  const others = wanted.filter(({ name, value, options }) => isNamed(ours, name) && !options?.every(({ text }) => ours.includes(text))
    && !ours.includes(`\n${name}=${value}\n`) && !ours.includes(`('${name}', '${value}',`));
  return {
    open: wanted.filter(({ name }) => !isNamed(ours, name)),
    left: [
      ...listOf(kept, 'the script already mentions it'),
      ...opposed.map(({ name, opposite }) => ({ names: [name], because: `the script mentions ${opposite}, and clients use only one of the two` })),
      ...listOf(others, 'other settings already set it'),
    ],
  };
}

function isOfWindows([first = '']: readonly string[]): boolean {
  return /^\s*</.test(first);
}

function listOf(variables: readonly ClientVariable[], because: string): WrittenText['left'] {
  return variables.length === 0 ? [] : [{ names: variables.map(({ name }) => name), because }];
}

type Placed = { readonly value: unknown } | { readonly because: string };

/** The text with the commands. */
function placed(value: unknown, variables: readonly ClientVariable[]): Placed {
  const name = intrinsicName(value);
  if (typeof value === 'string') { return intoText(value, variables, commands => commands); }
  const argument = name === undefined ? undefined : (value as JsonObject)[name];
  switch (name) {
    case 'Fn::Sub': return intoSub(argument, variables);
    case 'Fn::Join': return intoJoin(argument, variables);
    default: return { because: 'it is only known at deployment' };
  }
}

/** Escapes the commands for `Fn::Sub`, which would otherwise replace the variables of the shell. */
function intoSub(argument: unknown, variables: readonly ClientVariable[]): Placed {
  const [pattern, ...rest] = Array.isArray(argument) ? argument as unknown[] : [argument];
  if (typeof pattern !== 'string') { return { because: 'it is only known at deployment' }; }
  const written = intoText(pattern, variables, commands => commands.replaceAll('${', '${!'));
  if ('because' in written) { return written; }
  return { value: { 'Fn::Sub': Array.isArray(argument) ? [written.value, ...rest] : written.value } };
}

/** A join starts with a text, and the commands go into it: it contains the first line, or ends with it. */
function intoJoin(argument: unknown, variables: readonly ClientVariable[]): Placed {
  const unknown = { because: 'its first line is only known at deployment' };
  if (!Array.isArray(argument) || argument.length !== 2) { return unknown; }
  const [separator, list] = argument as unknown[];
  if (typeof separator !== 'string' || !Array.isArray(list) || list.length === 0) { return unknown; }
  const pieces = separator === '' ? withoutSeams(list as unknown[]) : list as unknown[];
  const [first, ...rest] = pieces;
  const text = typeof first === 'string' ? first : undefined;
  const endsLine = rest.length === 0 || /^\r?\n/.test(separator);
  if (text === undefined || !(endsLine || text.trimStart().includes('\n') || /<powershell>/i.test(text))) { return unknown; }
  const written = intoText(text, variables, commands => commands, endsLine && rest.length > 0);
  return 'because' in written ? written : { value: { 'Fn::Join': [separator, [written.value, ...rest]] } };
}

/** Joins adjacent texts. */
function withoutSeams(list: readonly unknown[]): unknown[] {
  const pieces: unknown[] = [];
  for (const piece of list) {
    const last = pieces.at(-1);
    if (typeof last === 'string' && typeof piece === 'string') { pieces[pieces.length - 1] = last + piece; } else { pieces.push(piece); }
  }
  return pieces;
}

/** @param isLine whether a line break follows the text */
function intoText(text: string, variables: readonly ClientVariable[], escape: (commands: string) => string, isLine = false): Placed {
  const head = scriptHead(text);
  if (head.kind === 'other') { return head; }
  const commands = escape((head.kind === 'linux' ? linuxCommands : windowsCommands)(variables).join('\n'));
  const [before, after] = [text.slice(0, head.end), text.slice(head.end)];
  if (head.kind === 'linux') { return { value: `${before}\n${commands}${after === '' && !isLine ? '\n' : after}` }; }
  return { value: `${before}${before.endsWith('\n') ? '' : '\n'}${commands}${isLine && after === '' ? '' : '\n'}${after}` };
}

/** Collects the texts in a value, and counts the other parts. */
function collect(value: unknown, texts: string[], depth: number): number {
  if (typeof value === 'string') {
    texts.push(value);
    return value.split('${').length - 1;
  }
  if (depth > DEEPEST || typeof value !== 'object' || value === null) { return 1; }
  const name = isObject(value) ? intrinsicName(value) : undefined;
  const isText = name === undefined || name === 'Fn::Sub' || name === 'Fn::Join';
  return Object.values(value).reduce<number>((sum, each) => sum + collect(each, texts, depth + 1), isText ? 0 : 1);
}
