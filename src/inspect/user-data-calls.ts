import { MetadataCallCertainty } from '../userdata/metadata-call';
import type { Finding } from './finding';
import type { Judged } from './judged';
import { scriptsOn } from './placed-scripts';

/** The IMDSv1 calls in the scripts of a resource: requiring IMDSv2 breaks them. */
export function userDataCalls({ resource, record, analysis }: Judged): readonly Finding[] {
  const scripts = scriptsOn(resource, record);
  if (scripts.length === 0) { return []; }
  return analysis.scripts.callsIn(scripts).map(({ path, calls }) => ({
    rule: 'Imdsv2::UserDataCallsImdsv1' as const,
    path,
    because: calls.map(({ line, command, reason, certainty, rewritten, tokenCommand }) => ({
      kind: 'call' as const, line, command, reason, rewritten, tokenCommand, isFallback: certainty === MetadataCallCertainty.FALLBACK, isCertain: certainty === MetadataCallCertainty.CERTAIN,
    })),
  }));
}
