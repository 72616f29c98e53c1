/** Characters that XML 1.0 cannot contain, and lone surrogates. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Characters that are invisible or change the direction of text. Viewers show reports without escaping them. */
const UNSEEN = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The entities of characters with a meaning in XML. Without them, line ends and tabs in attributes would become spaces. */
const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;',
};

/** The attributes of an element. `undefined` values are left out. */
export interface Attributes {
  readonly [name: string]: string | number | undefined;
}

/** An element with a text, or with other elements on separate lines. It has no indentation, because that would change the text. */
export function element(name: string, attributes: Attributes, content: string | readonly string[] = []): string {
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `<${name}${written.join('')}`;
  if (content.length === 0) { return `${start}/>`; }
  return typeof content === 'string' ? `${start}>${escapedText(content)}</${name}>` : `${start}>\n${content.join('\n')}\n</${name}>`;
}

function escaped(text: string): string {
  return allowed(text).replace(/[&<>"\t\n\r]/g, character => ENTITIES[character]);
}

function escapedText(text: string): string {
  return allowed(text).replace(/[&<>\r]/g, character => ENTITIES[character]);
}

function allowed(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(UNSEEN, character => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
