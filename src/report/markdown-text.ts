/** How long a text may be that somebody chose: one name must not take the place of all findings. */
const MAX_LENGTH = 600;

/** Line ends and other control characters, and those that turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** A character that nobody sees: what it stands in the middle of is no mention and no reference. */
const APART = '&#8203;';

/** A name as code, exactly as it is: nothing in it means anything, in a table neither. */
export function code(text: string): string {
  const shown = short(text);
  if (shown.trim() === '' || shown.includes('|')) { return `<code>${entities(shown)}</code>`; }
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines as they are, in the item of a list: nothing in them means anything. */
export function fenced(lines: string, language: string): string {
  const visible = lines.split('\n').map(line => short(line)).join('\n');
  const longest = Math.max(2, ...Array.from(visible.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...visible.split('\n'), fence].map(line => `  ${line}`).join('\n');
}

/** A text as it reads: it makes no markup, mentions nobody and refers to nothing. */
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

/** A link to a page, with words of ours. */
export function link(words: string, address: string): string {
  return /^https:\/\/[^\s<>]+$/.test(address) ? `[${words}](<${address}>)` : prose(address);
}

/** The text on one line, cut where it is too long, with only whole characters in it. */
function short(text: string): string {
  const visible = text.slice(0, 2 * MAX_LENGTH).replace(INVISIBLE, ' ').replace(/\p{Surrogate}/gu, '\uFFFD');
  return visible.length > MAX_LENGTH || text.length > 2 * MAX_LENGTH ? `${[...visible].slice(0, MAX_LENGTH - 1).join('')}…` : visible;
}

/** The text with an entity for every character that may mean something. */
function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} /-]|^ | $/gu, character => `&#${character.codePointAt(0)};`);
}
