/** How many characters of messages fit into a response beside the names of the Regions. */
const MOST_CHARACTERS = 2_000;

/** What CloudFormation shows: every Region that failed is named, and their messages share the room. */
export function failure(messages: ReadonlyMap<string, string>, regions: number): string {
  const lines = [...messages].map(([region, message]) => `${region}: ${message.slice(0, MOST_CHARACTERS / messages.size)}`);
  return `${messages.size} of ${regions} Regions failed. ${lines.join('; ')}`;
}
