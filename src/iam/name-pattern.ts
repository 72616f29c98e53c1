/** Whether a policy pattern matches a text, or everything that another pattern matches. `*` stands for any characters, `?` for one. */
export function covers(pattern: string, text: string): boolean {
  let [at, star, since] = [0, -1, 0];
  let index = 0;
  while (index < text.length) {
    if (pattern[at] === '*') {
      star = at;
      since = index;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === text[index] || (pattern[at] === '?' && text[index] !== '*'))) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      // Only the last star needs to match more characters. The earlier ones do not.
      since += 1;
      index = since;
      at = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') { at += 1; }
  return at === pattern.length;
}
