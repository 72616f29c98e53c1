/** How often each name is used, outside of comments. */
export function countNames(text: string, counts: Map<string, number>): void {
  for (const line of text.split('\n')) {
    if (/^\s*#/.test(line)) { continue; }
    for (const [name] of line.matchAll(/[\w:-]+/g)) { counts.set(name, (counts.get(name) ?? 0) + 1); }
  }
}
