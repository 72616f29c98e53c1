/**
 * Text as far as it is known before the script runs. What is not known is a character of Unicode's private use area in it,
 * so that the text around it stays what it is: `http://169.254.169.254/latest/` and then whatever.
 */

/** Something that nobody knows here. */
export const UNKNOWN = '\uE000';
/** A session token, as the metadata service gave it. */
export const TOKEN = '\uE001';
/** A variable that nothing in the script sets. */
export const NEVER_SET = '\uE002';
/** What a request for a token returns that gets none. */
export const NO_TOKEN = '\uE003';

const MARKERS = /[\uE000-\uE003]/g;
const FOREIGN = /[\uE000-\uF8FF]/g;

/** How many texts a value may be; there are seldom more than two. */
const MOST_TEXTS = 8;
/** How long a text is followed: no address and no header is longer, and scripts in variables seldom are. */
const LONGEST = 4_096;

/** The texts that a value may be; never none. */
export type PossibleText = readonly string[];

export const NOTHING: PossibleText = [''];
export const ANYTHING: PossibleText = [UNKNOWN];

/** A script as it is read: characters that mean something here mean nothing in it. */
export function withoutMarkers(text: string): string {
  return text.replace(FOREIGN, '?');
}

/** A text to show: what is not known is three dots. */
export function shown(text: string): string {
  return text.replace(MARKERS, '...');
}

export function isKnown(text: string): boolean {
  return text.search(MARKERS) < 0;
}

export function hasToken(text: string): boolean {
  return text.includes(TOKEN);
}

/** Whether a text is nothing for certain. */
export function isEmpty(text: string): boolean {
  return text.replaceAll(NEVER_SET, '').trim() === '';
}

/** The different ones among texts, as many as are followed. */
export function oneOfAll(texts: readonly string[]): PossibleText {
  if (texts.length <= 1) { return texts.length === 0 ? NOTHING : [clipped(texts[0])]; }
  const different = [...new Set(texts.map(clipped))];
  return different.length > MOST_TEXTS ? [...different.slice(0, MOST_TEXTS - 1), UNKNOWN] : different;
}

/** Two texts behind one another. */
export function followedBy(first: PossibleText, second: PossibleText): PossibleText {
  if (first.length === 1 && second.length === 1) { return [clipped(first[0] + second[0])]; }
  return oneOfAll(first.flatMap(start => second.map(end => start + end)));
}

function clipped(text: string): string {
  return text.length > LONGEST ? text.slice(0, LONGEST) + UNKNOWN : text;
}
