/** The maximum number of items that a message lists. */
const NAMED = 5;

/** Items in a message: the first ones, and the number of the others. */
export function listed(things: readonly string[], separator = ', ', most = NAMED): string {
  const named = things.slice(0, most).join(separator);
  return things.length > most ? `${named} and ${things.length - most} more` : named;
}

/** Clauses in a sentence: the last one after `and`, or another word. */
export function joined(clauses: readonly string[], word = 'and'): string {
  return clauses.length > NAMED || clauses.length < 2 ? listed(clauses) : `${clauses.slice(0, -1).join(', ')} ${word} ${clauses[clauses.length - 1]}`;
}
