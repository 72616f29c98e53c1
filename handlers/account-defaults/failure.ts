/** The most characters of messages in a response, in addition to the names of the Regions. */
const MOST_CHARACTERS = 2_000;

/** The reason that CloudFormation shows. It names each failed Region, and divides the space between their messages. */
export function failure(messages: ReadonlyMap<string, string>, regions: number): string {
  const lines = [...messages].map(([region, message]) => `${region}: ${message.slice(0, MOST_CHARACTERS / messages.size)}`);
  return `${messages.size} of ${regions} Regions failed. ${lines.join('; ')}`;
}
