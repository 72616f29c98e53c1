import type { IConstruct } from 'constructs';
import type { Finding } from '../inspect/finding';
import { notedFindings } from '../inspect/noted-findings';
import type { RuleId } from '../policy/rules';
import { RULES, RULE_IDS } from '../policy/rules';
import type { CheckedFinding } from './checked-resource';

/** Whether a warning of enforcement says a finding already; of the end of an exemption, whatever it is on, one always does. */
export function isAnnounced({ rule, construct }: CheckedFinding): boolean {
  if (rule === 'Imdsv2::ExemptionExpired' || rule === 'Imdsv2::ExemptionExpiring') { return true; }
  return construct !== undefined && notedFindings(construct).some(noted => noted.rule === rule);
}

/** The rules of what enforcement finds, and no check can. */
export const ENFORCEMENT_RULES: readonly RuleId[] = RULE_IDS.filter(id => RULES[id].foundBy === 'enforcement');

/** What enforcement found on a construct, and no check can: what a deployment does because of it. */
export function foundByEnforcement(construct: IConstruct): readonly Finding[] {
  return notedFindings(construct).filter(({ rule }) => RULES[rule].foundBy === 'enforcement');
}
