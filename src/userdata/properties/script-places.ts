import type { Language } from '../documents/part';
import type { Refer } from './template-texts';
import { templateTexts } from './template-texts';

/** A script in a template, and where it stands. */
export interface PlacedScript {
  /** The path below the resource's properties or metadata. */
  readonly path: string;
  readonly text: string;
  /** What it is written in, where that does not depend on the text. */
  readonly language?: Language;
  /** The number of its first line; 1 where it is not given. */
  readonly line?: number;
}

/** What a script may be made of at most: nobody writes more lines or words. */
const MOST_PIECES = 2_000;
/** What ECS puts in front of the command that tells whether a container is well: a line for the shell, or words. */
const IN_FRONT = { line: 'CMD-SHELL', words: 'CMD' };

/** The scripts of a property: one for each branch of a condition. */
export function scriptsOf(path: string, value: unknown, refer: Refer, language?: Language): readonly PlacedScript[] {
  return templateTexts(value, refer).map(text => ({ path, text, language }));
}

/** The script that is given in lines, in a list or as one text. */
export function scriptsOfLines(path: string, value: unknown, refer: Refer, language?: Language): readonly PlacedScript[] {
  const lines = Array.isArray(value) ? { 'Fn::Join': ['\n', (value as unknown[]).slice(0, MOST_PIECES)] } : value;
  return scriptsOf(path, lines, refer, language);
}

/** The command that is given in words: no shell reads them, unless one is the first of them. */
export function scriptsOfWords(path: string, words: readonly unknown[], refer: Refer): readonly PlacedScript[] {
  if (words[0] === IN_FRONT.line) { return scriptsOf(path, words[1], refer, 'shell'); }
  return [{ path, text: argumentsLine(words[0] === IN_FRONT.words ? words.slice(1) : words, refer), language: 'shell' }];
}

/** Words as one line for the shell, which leaves them as they are. */
export function argumentsLine(words: readonly unknown[], refer: Refer): string {
  return words.slice(0, MOST_PIECES).map(each => `'${templateTexts(each, refer)[0].replaceAll("'", "'\\''")}'`).join(' ');
}
