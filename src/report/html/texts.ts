import type { Content, Markup } from './markup';
import { html } from './markup';

/** The most characters of a name that a page shows, and of a sentence. The JSON format contains the full texts. */
const MOST_OF_A_NAME = 400;
const MOST_OF_A_SENTENCE = 2000;

/** A path, a type or a name in a fixed-width font. A line can break after each part. */
export function code(text: string): Markup {
  return html`<code>${breakable(shortened(text, MOST_OF_A_NAME))}</code>`;
}

/** A sentence whose direction does not depend on the text around it. */
export function prose(text: string): Markup {
  return html`<bdi>${shortened(text, MOST_OF_A_SENTENCE)}</bdi>`;
}

/** A link, if the address is safe. Otherwise, text. */
export function externalLink(address: string, label: string): Content {
  return isSafe(address) ? html`<a href="${address}" rel="noopener noreferrer">${prose(label)}</a>` : prose(label);
}

/** A count with its noun: `1 error`, `2 errors`. */
export function counted(count: number, word: string): string {
  return `${thousands(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** A whole number with commas between thousands. */
export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

/** The start of a text. It does not end with half of a surrogate pair. */
export function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** The end of a text, for paths, whose end is the most useful part. It does not start with half of a surrogate pair. */
export function ending(text: string, most: number): string {
  return text.length > most ? `…${text.slice(1 - most).replace(/^[\udc00-\udfff]/, '')}` : text;
}

/** Whether an address uses HTTPS, and is not a script, a file or an unencrypted address. */
function isSafe(address: string): boolean {
  return /^https:\/\/[\w.-]+(?::\d+)?(?:[/?#][!-~]*)?$/.test(address);
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${clipped(text, most)} (${counted(text.length, 'character')})` : text;
}

function breakable(text: string): Content {
  return text.split(/(?<=[/:#.])(?=[^/:#.])/).map((part, index) => index === 0 ? part : [html`<wbr>`, part]);
}
