/** The longest text from outside, so that one long name does not take the space of all findings. */
const MAX_LENGTH = 600;

/** Line ends, other control characters, and characters that change the direction of text. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** A zero-width space. It breaks up mentions and references. */
const APART = '&#8203;';

/** A name as inline code, unchanged. No character in it is markup, not even in a table. */
export function code(text: string): string {
  const shown = short(text);
  if (shown.trim() === '' || shown.includes('|')) { return `<code>${entities(shown)}</code>`; }
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines as a code block in a list item. No character in them is markup. */
export function fenced(lines: string, language: string): string {
  const visible = lines.split('\n').map(line => short(line)).join('\n');
  const longest = Math.max(2, ...Array.from(visible.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...visible.split('\n'), fence].map(line => `  ${line}`).join('\n');
}

/** A text as plain text: without markup, mentions and references. */
export function prose(text: string): string {
  return short(text)
    .replace(/[\\`*_~[\]{}()|!$^=<>&@#]/g, literal)
    .replace(/:(?=\/\/)|www(?=\.)|GH-(?=\d)/gi, `$&${APART}`);
}

function literal(character: string): string {
  switch (character) {
    case '&': return '&amp;';
    case '<': return '&lt;';
    case '>': return '&gt;';
    case '@': case '#': return `\\${character}${APART}`;
    default: return `\\${character}`;
  }
}

/** A link to a page. Its words come from the library. */
export function link(words: string, address: string): string {
  return /^https:\/\/[^\s<>]+$/.test(address) ? `[${words}](<${address}>)` : prose(address);
}

/** The text on one line, cut to the limit, without half of a surrogate pair. */
function short(text: string): string {
  const visible = text.slice(0, 2 * MAX_LENGTH).replace(INVISIBLE, ' ').replace(/\p{Surrogate}/gu, '\uFFFD');
  return visible.length > MAX_LENGTH || text.length > 2 * MAX_LENGTH ? `${[...visible].slice(0, MAX_LENGTH - 1).join('')}…` : visible;
}

/** The text with entities for all characters that can be markup. */
function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} /-]|^ | $/gu, character => `&#${character.codePointAt(0)};`);
}
