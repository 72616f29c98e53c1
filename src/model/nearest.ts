import { joined } from './words';

/** The maximum length of a compared text. A longer text is similar to nothing. */
const COMPARED = 80;

/** The minimum length of a text to search for as a part of names. */
const SHORTEST_PART = 5;

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

/** The names that the user may mean: all that contain the written one, or else the most similar one. */
export function similarTo<Name extends string>(written: string, names: readonly Name[]): readonly Name[] {
  const containing = written.length < SHORTEST_PART ? [] : names.filter(name => name.toLowerCase().includes(written.toLowerCase()));
  const similar = containing.length > 0 ? undefined : nearest(written, names);
  return similar === undefined ? containing : [similar];
}

/** The end of an error message that suggests names, or an empty text. */
export function suggestion(...names: readonly (string | undefined)[]): string {
  const known = names.filter(name => name !== undefined).map(name => `'${name}'`);
  return known.length === 0 ? '' : `: did you mean ${joined(known, 'or')}`;
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
