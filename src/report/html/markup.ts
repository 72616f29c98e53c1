/** Safe HTML. Only this file creates it, so everything else in a page is escaped as text. */
export class Markup {
  /** HTML that the library itself contains, without any text from outside. */
  public static own(text: string): Markup {
    return new Markup(text);
  }

  private constructor(public readonly text: string) {}
}

/** A value in HTML. Text is escaped, the items of a list are joined, and `undefined` is left out. */
export type Content = Markup | string | number | undefined | readonly Content[];

/** HTML with values in it. A value in an attribute must be between double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const text = parts.reduce((before, part, index) => `${before}${rendered(values[index - 1])}${part}`);
  return Markup.own(text);
}

/** Joins contents with a separator. */
export function joined(contents: readonly Content[], separator: Content): Content {
  return contents.map((content, index) => index === 0 ? content : [separator, content]);
}

function rendered(content: Content): string {
  if (content instanceof Markup) { return content.text; }
  if (Array.isArray(content)) { return content.map(rendered).join(''); }
  return content === undefined ? '' : escaped(String(content));
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/** Escapes text for HTML. Invisible characters, and those that change the direction of text, become visible. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]).replace(UNSEEN, character => `⟨U+${codePoint(character)}⟩`);
}

/** Control characters except white space, and characters that change the direction of text. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function codePoint(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
