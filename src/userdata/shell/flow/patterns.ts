import type { Word } from '../syntax';

/** Whether one of the patterns of `case` matches a text. `undefined` if that is not certain. */
export function patternsMatch(patterns: readonly Word[], text: string): boolean | undefined {
  const results = patterns.map(pattern => patternMatches(pattern.text.replace(/^(["'])(.*)\1$/, '$2'), text));
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

function patternMatches(pattern: string, text: string): boolean | undefined {
  if (pattern === '*') { return true; }
  if (/^[\w.\/ :-]*$/.test(pattern)) { return pattern === text; }
  const parts = /^(\*?)([\w.\/ :-]*)(\*?)$/.exec(pattern);
  if (!parts) { return undefined; }
  const [, before, fixed, after] = parts;
  return before && after ? text.includes(fixed) : before ? text.endsWith(fixed) : text.startsWith(fixed);
}
