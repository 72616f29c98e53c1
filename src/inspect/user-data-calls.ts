import { certaintyOf } from '../userdata/properties/placed-calls';
import type { Finding } from './finding';
import type { Judged } from './judged';
import { runsPlainTextsAlone, scriptsOn } from './placed-scripts';

const NONE: readonly never[] = [];

/** The IMDSv1 calls in the scripts of a resource: requiring IMDSv2 breaks them. */
export function userDataCalls({ resource, record, analysis }: Judged): readonly Finding[] {
  if (runsPlainTextsAlone(resource, record, analysis.scripts)) { return NONE; }
  const scripts = scriptsOn(resource, record);
  const found = scripts.length === 0 ? NONE : analysis.scripts.callsIn(scripts);
  return found.length === 0 ? NONE : found.map(({ path, calls }) => ({
    rule: 'Imdsv2::UserDataCallsImdsv1' as const,
    path,
    because: calls.map(call => ({
      kind: 'call' as const,
      line: call.line,
      command: call.command,
      reason: call.reason,
      rewritten: call.rewritten,
      tokenCommand: call.tokenCommand,
      excerpt: call.excerpt,
      certainty: certaintyOf(call),
    })),
  }));
}
