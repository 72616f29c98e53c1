import type { Language } from '../documents/part';
import type { Refer } from './template-texts';
import { templateTexts } from './template-texts';

/** A script in a template, and its place. */
export interface PlacedScript {
  /** The path below the resource's properties or metadata. */
  readonly path: string;
  readonly text: string;
  /** The language, if the property determines it. */
  readonly language?: Language;
  /** The number of its first line. The default is 1. */
  readonly line?: number;
}

/** The most lines or words of a script that are read. */
const MOST_PIECES = 2_000;
/** What ECS expects before the command of a health check: `CMD-SHELL` before a line for the shell, `CMD` before words. */
const IN_FRONT = { line: 'CMD-SHELL', words: 'CMD' };

/** The possible scripts of a property: one for each branch of a condition. */
export function scriptsOf(path: string, value: unknown, refer: Refer, language?: Language): readonly PlacedScript[] {
  return templateTexts(value, refer).map(text => ({ path, text, language }));
}

/** A script that is given as a list of lines, or as one text. */
export function scriptsOfLines(path: string, value: unknown, refer: Refer, language?: Language): readonly PlacedScript[] {
  const lines = Array.isArray(value) ? { 'Fn::Join': ['\n', (value as unknown[]).slice(0, MOST_PIECES)] } : value;
  return scriptsOf(path, lines, refer, language);
}

/** A command that is given as words. No shell runs it, unless the first word is a shell. */
export function scriptsOfWords(path: string, words: readonly unknown[], refer: Refer): readonly PlacedScript[] {
  if (words[0] === IN_FRONT.line) { return scriptsOf(path, words[1], refer, 'shell'); }
  return [{ path, text: argumentsLine(words[0] === IN_FRONT.words ? words.slice(1) : words, refer), language: 'shell' }];
}

/** The words as one shell command line, quoted so that the shell does not change them. */
export function argumentsLine(words: readonly unknown[], refer: Refer): string {
  return words.slice(0, MOST_PIECES).map(each => `'${templateTexts(each, refer)[0].replaceAll("'", "'\\''")}'`).join(' ');
}
