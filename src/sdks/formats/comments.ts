const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/;
const COMMENTS = {
  '#': /#[^\n]*/,
  ';': /;[^\n]*/,
  '//': /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/,
} as const;

/** A text with its comments blank, so that everything else is where it was. What stands in quotes is no comment. */
export function withoutComments(text: string, comment: keyof typeof COMMENTS): string {
  const pattern = new RegExp(`${STRING.source}|${COMMENTS[comment].source}`, 'g');
  return text.replace(pattern, found => /^["']/.test(found) ? found : found.replace(/[^\n]/g, ' '));
}
