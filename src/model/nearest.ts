/** The maximum length of a compared text. A longer text is similar to nothing. */
const COMPARED = 80;

/** The name that is most similar to the written one, if at least half of its letters are the same. */
export function nearest<Name extends string>(written: string, names: readonly Name[]): Name | undefined {
  const found = mostSimilar(written, names);
  return found !== undefined && distance(written, found) * 2 <= Math.max(Math.min(written.length, COMPARED), found.length) ? found : undefined;
}

/** The name that is most similar to the written one, however different it is; `undefined` if there is none. */
export function mostSimilar<Name extends string>(written: string, names: readonly Name[]): Name | undefined {
  const steps = names.map(name => distance(written, name));
  return names[steps.indexOf(Math.min(...steps))];
}

/** The end of an error message that suggests a name, or an empty text. */
export function suggestion(name: string | undefined): string {
  return name === undefined ? '' : `: did you mean '${name}'`;
}

/** The number of letters to add, remove or change to turn one text into the other. Case is ignored. */
export function distance(from: string, to: string): number {
  const [letters, others] = [[...from.slice(0, COMPARED).toLowerCase()], [...to.toLowerCase()]];
  let row = [...others.keys(), others.length];
  letters.forEach((letter, index) => {
    const next = [index + 1];
    others.forEach((other, at) => next.push(Math.min(row[at + 1] + 1, next[at] + 1, row[at] + (letter === other ? 0 : 1))));
    row = next;
  });
  return row[others.length];
}
