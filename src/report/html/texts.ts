import type { Content, Markup } from './markup';
import { html } from './markup';

/** As many characters of a name, and of a sentence, as a page shows: no more than a reader reads, and the JSON format has them all. */
const MOST_OF_A_NAME = 400;
const MOST_OF_A_SENTENCE = 2000;

/** A path, a type or a name in a fixed-width font; a line may break after each of its parts. */
export function code(text: string): Markup {
  return html`<code>${breakable(shortened(text, MOST_OF_A_NAME))}</code>`;
}

/** A sentence, apart from the direction in which the text around it is written. */
export function prose(text: string): Markup {
  return html`<bdi>${shortened(text, MOST_OF_A_SENTENCE)}</bdi>`;
}

/** A link where the address is one that a link may lead to, and text otherwise. */
export function externalLink(address: string, label: string): Content {
  return isSafe(address) ? html`<a href="${address}" rel="noopener noreferrer">${prose(label)}</a>` : prose(label);
}

/** A count with its word: `1 error`, `2 errors`. */
export function counted(count: number, word: string): string {
  return `${thousands(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** A whole number with a comma between thousands. */
export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

/** The first characters, without half a character at the end. */
export function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** The last characters, without half a character at the beginning: of a path the end tells most. */
export function ending(text: string, most: number): string {
  return text.length > most ? `…${text.slice(1 - most).replace(/^[\udc00-\udfff]/, '')}` : text;
}

/** Only https: no script, no file, nothing that is sent in the clear. */
function isSafe(address: string): boolean {
  return /^https:\/\/[\w.-]+(?::\d+)?(?:[/?#][!-~]*)?$/.test(address);
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${clipped(text, most)} (${counted(text.length, 'character')})` : text;
}

function breakable(text: string): Content {
  return text.split(/(?<=[/:#.])(?=[^/:#.])/).map((part, index) => index === 0 ? part : [html`<wbr>`, part]);
}
