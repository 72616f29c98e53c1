/** Line ends and other control characters, invisible characters, characters that change the direction of text, and lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The characters of most paths and ids. They need no escapes. */
const WORDS = /^[\w ./-]*$/;

const SHORT: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text for a console, on one line. Control characters are visible, and a pipeline cannot read it as a command.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function plainText(text: string): string {
  return WORDS.test(text) ? text : text.replace(UNSEEN, written).replace(/##(?=\[|vso\[)/g, '# #').replace(/^ *:(?=:)/, ': ');
}

/** A character as an escape sequence. */
function written(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return SHORT[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`);
}
