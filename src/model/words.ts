/** How many things a message names. */
const NAMED = 5;

/** Things in a message: the first five of them, and how many more there are. */
export function listed(things: readonly string[], separator = ', '): string {
  const named = things.slice(0, NAMED).join(separator);
  return things.length > NAMED ? `${named} and ${things.length - NAMED} more` : named;
}
