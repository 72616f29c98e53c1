/** What stands in double quotes, else in single ones, up to the end of the line where they are not closed. */
const IN_DOUBLE = /"(?:[^"\\\n]|\\[^\n])*"?/;
const IN_QUOTES = new RegExp(`${IN_DOUBLE.source}|'(?:[^'\\\\\\n]|\\\\[^\\n])*'?`);

/** Languages by what begins a comment: the comments, and what looks like one in quotes. */
const LANGUAGES = {
  '#': { quoted: IN_QUOTES, comment: /#[^\n]*/ },
  '//': { quoted: IN_QUOTES, comment: /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/ },
  /** Of Clojure, whose `#_` leaves out the list behind it, and where a single quote is none. */
  ';': { quoted: IN_DOUBLE, comment: /;[^\n]*|#_\s{0,9}\[[^\]]*\]?/ },
  /** Of PowerShell, where one comment counts, and `\` is a letter like others. */
  '<#': { quoted: /"[^"]*"?|'[^']*'?/, comment: /<#[^]*?(?:#>|$)|(?<![^\s;(){}])#(?!requires\b)[^\n]*/ },
} as const;

/** A text with its comments blank, so that everything else is where it was. What stands in quotes is no comment. */
export function withoutComments(text: string, language: keyof typeof LANGUAGES): string {
  const { quoted, comment } = LANGUAGES[language];
  const pattern = new RegExp(`(${quoted.source})|${comment.source}`, 'gi');
  return text.replace(pattern, (found, inQuotes: string | undefined) => inQuotes ?? found.replace(/[^\n]/g, ' '));
}
