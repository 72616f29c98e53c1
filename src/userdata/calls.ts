import { MetadataCallCertainty } from './metadata-call';
import type { MetadataCall } from './metadata-call';
import { reasonInWords } from './reasons';
import type { ScannedScript } from './scanned-script';

const CERTAINTY = { certain: MetadataCallCertainty.CERTAIN, likely: MetadataCallCertainty.LIKELY, fallback: MetadataCallCertainty.FALLBACK };

/** The calls in a script, with their reasons as text. */
export function callsOf({ calls, tokenCommand }: ScannedScript): MetadataCall[] {
  return calls.map(({ line, command, client, url, reason, header, certainty, rewritten, usesTokenCommand }) => ({
    line,
    command,
    client,
    url,
    reason: reasonInWords(reason, header),
    certainty: CERTAINTY[certainty],
    rewritten,
    tokenCommand: usesTokenCommand ? tokenCommand : undefined,
  }));
}
