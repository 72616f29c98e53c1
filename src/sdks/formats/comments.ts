/** A string in double quotes, or in single quotes. A string that is not closed ends at the end of its line. */
const IN_DOUBLE = /"(?:[^"\\\n]|\\[^\n])*"?/;
const IN_QUOTES = new RegExp(`${IN_DOUBLE.source}|'(?:[^'\\\\\\n]|\\\\[^\\n])*'?`);

/** The languages, by the start of a comment: the pattern of strings, and that of comments. */
const LANGUAGES = {
  '#': { quoted: IN_QUOTES, comment: /#[^\n]*/ },
  '//': { quoted: IN_QUOTES, comment: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/ },
  /** Clojure. `#_` comments out the list after it, and a single quote is not a quote. */
  ';': { quoted: IN_DOUBLE, comment: /;[^\n]*|#_\s{0,9}\[[^\]]*\]?/ },
  /** PowerShell. `#requires` is a comment that has a meaning, and `\` does not escape anything. */
  '<#': { quoted: /"[^"]*"?|'[^']*'?/, comment: /<#[^]*?(?:#>|$)|(?<![^\s;(){}])#(?!requires\b)[^\n]*/ },
} as const;

/** Replaces comments with spaces, so that all positions stay the same. Strings stay, too. */
export function withoutComments(text: string, language: keyof typeof LANGUAGES): string {
  const { quoted, comment } = LANGUAGES[language];
  const pattern = new RegExp(`(${quoted.source})|${comment.source}`, 'gi');
  return text.replace(pattern, (found, inQuotes: string | undefined) => inQuotes ?? found.replace(/[^\n]/g, ' '));
}
