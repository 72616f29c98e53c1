import { UNKNOWN } from '../request/possible-text';
import type { Argument, Expression } from './expressions';
import { MOST, pairs } from './value';

/** Returns the possible texts of an expression. */
export interface Texts {
  (expression: Expression): readonly string[];
}

/** `left % right` */
export function percentTexts(left: Expression, right: Expression, texts: Texts): readonly string[] {
  const values = right.kind === 'list' ? right.elements.map(texts) : [texts(right)];
  return filledIn(texts(left), /%(?:\(\w+\))?[sdrxi]/g, values);
}

/** `of.format(...)` */
export function formatTexts(of: Expression, args: readonly Argument[], texts: Texts): readonly string[] {
  const positional = args.filter(each => each.name === undefined);
  return texts(of).flatMap(text => {
    const values = [...text.matchAll(/\{(\w*)(?:[^\w{}][^{}]*)?\}/g)].map(([, name], index) => {
      const argument = name === '' ? positional[index] : /^\d+$/.test(name) ? positional[Number(name)] : args.find(each => each.name === name);
      return argument ? texts(argument.value) : [UNKNOWN];
    });
    return filledIn([text], /\{[^{}]*\}/g, values);
  }).slice(0, MOST);
}

/** `of.join([...])` */
export function joinTexts(of: Expression, argument: Expression, texts: Texts): readonly string[] {
  if (argument.kind !== 'list') { return [UNKNOWN]; }
  const [separator] = texts(of);
  return argument.elements.map(texts).reduce<readonly string[]>(
    (all, each, index) => pairs(all, each, (left, right) => index === 0 ? right : left + separator + right), ['']);
}

/** The possible texts of `f'...{expression}...'`. */
export function formattedTexts(text: string, textsOf: (written: string) => readonly string[]): readonly string[] {
  let texts: readonly string[] = [''];
  let from = 0;
  for (const { 0: whole, 1: written, index } of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}/g)) {
    const value = written === undefined ? [whole[0]] : textsOf(written.replace(/[!:=].*$/s, '').trim());
    texts = pairs(texts, value, (left, right) => left + text.slice(from, index) + right);
    from = index + whole.length;
  }
  return texts.map(each => each + text.slice(from));
}

/** `urljoin(base, path)` */
export function urlJoined(base: string, path: string): string {
  if (/^\w+:\/\//.test(path)) { return path; }
  return path.startsWith('/') ? (/^\w+:\/\/[^/]*/.exec(base)?.[0] ?? base) + path : base.slice(0, base.lastIndexOf('/') + 1) + path;
}

function filledIn(texts: readonly string[], places: RegExp, values: readonly (readonly string[])[]): readonly string[] {
  return texts.map(text => {
    let index = 0;
    return text.replace(places, () => values[index++]?.[0] ?? UNKNOWN);
  });
}
