/** HTML that may stand in a page as it is. Only this file makes it, so whatever else gets into a page is text. */
export class Markup {
  /** HTML that is written in the library itself, and holds nothing that somebody else wrote. */
  public static own(text: string): Markup {
    return new Markup(text);
  }

  private constructor(public readonly text: string) {}
}

/** What may stand in HTML: text is escaped, a list is what is in it, nothing is nothing. */
export type Content = Markup | string | number | undefined | readonly Content[];

/** HTML with values in it. A value in an attribute stands between double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const text = parts.reduce((before, part, index) => `${before}${rendered(values[index - 1])}${part}`);
  return Markup.own(text);
}

/** Contents with something between each two. */
export function joined(contents: readonly Content[], separator: Content): Content {
  return contents.map((content, index) => index === 0 ? content : [separator, content]);
}

function rendered(content: Content): string {
  if (content instanceof Markup) { return content.text; }
  if (Array.isArray(content)) { return content.map(rendered).join(''); }
  return content === undefined ? '' : escaped(String(content));
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/** Text as HTML shows it: what would change the direction of the text around it, or cannot be seen, is written out. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]).replace(UNSEEN, character => `⟨U+${codePoint(character)}⟩`);
}

/** Control characters other than white space, and what turns the direction of text. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function codePoint(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
