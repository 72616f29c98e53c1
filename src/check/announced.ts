import type { IConstruct } from 'constructs';
import type { Finding } from '../policy/finding';
import { notedFindings } from '../policy/noted-findings';
import { RULES } from '../policy/rules';
import type { CheckedFinding } from './check';

/** Whether a warning of enforcement says a finding already; of the end of an exemption, whatever it is on, one always does. */
export function isAnnounced({ id, construct }: CheckedFinding): boolean {
  if (id === 'Imdsv2::ExemptionExpired' || id === 'Imdsv2::ExemptionExpiring') { return true; }
  return construct !== undefined && notedFindings(construct).some(noted => noted.id === id);
}

/** What enforcement found on a construct, and no check can: what a deployment does because of it. */
export function foundByEnforcement(construct: IConstruct): readonly Finding[] {
  return notedFindings(construct).filter(({ id }) => RULES[id].foundBy === 'enforcement');
}
