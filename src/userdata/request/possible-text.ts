/**
 * Text as far as it is known before the script runs. A character of Unicode's private use area stands for an unknown part, so that the known text
 * around it stays: `http://169.254.169.254/latest/` and an unknown path.
 */

/** An unknown part. */
export const UNKNOWN = '\uE000';
/** A session token that the metadata service returned. */
export const TOKEN = '\uE001';
/** A variable that nothing in the script sets. */
export const NEVER_SET = '\uE002';
/** The result of a request for a token that fails. */
export const NO_TOKEN = '\uE003';

const MARKERS = /[\uE000-\uE003]/g;
const FOREIGN = /[\uE000-\uF8FF]/g;

/** The most texts of a value that are followed. There are rarely more than two. */
const MOST_TEXTS = 8;
/** The longest text that is followed. Addresses and headers are shorter, and scripts in variables rarely longer. */
const LONGEST = 4_096;

/** The possible texts of a value. There is at least one. */
export type PossibleText = readonly string[];

export const NOTHING: PossibleText = [''];
export const ANYTHING: PossibleText = [UNKNOWN];

/** Replaces the characters in a script that are used as marks here. */
export function withoutMarkers(text: string): string {
  return text.replace(FOREIGN, '?');
}

/** A text for people. Three dots stand for unknown parts. */
export function shown(text: string): string {
  return text.replace(MARKERS, '...');
}

export function isKnown(text: string): boolean {
  return text.search(MARKERS) < 0;
}

export function hasToken(text: string): boolean {
  return text.includes(TOKEN);
}

/** Whether a text is certainly empty. */
export function isEmpty(text: string): boolean {
  return text.replaceAll(NEVER_SET, '').trim() === '';
}

/** The distinct texts, up to the limit. */
export function oneOfAll(texts: readonly string[]): PossibleText {
  if (texts.length <= 1) { return texts.length === 0 ? NOTHING : [clipped(texts[0])]; }
  const different = [...new Set(texts.map(clipped))];
  return different.length > MOST_TEXTS ? [...different.slice(0, MOST_TEXTS - 1), UNKNOWN] : different;
}

/** All concatenations of two texts. */
export function followedBy(first: PossibleText, second: PossibleText): PossibleText {
  if (first.length === 1 && second.length === 1) { return [clipped(first[0] + second[0])]; }
  return oneOfAll(first.flatMap(start => second.map(end => start + end)));
}

function clipped(text: string): string {
  return text.length > LONGEST ? text.slice(0, LONGEST) + UNKNOWN : text;
}
