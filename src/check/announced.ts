import type { IConstruct } from 'constructs';
import type { Finding } from '../inspect/finding';
import { isNotedAt, notedFindings } from '../inspect/noted-findings';
import type { RuleId } from '../policy/rules';
import { RULES, RULE_IDS } from '../policy/rules';
import type { CheckedFinding } from './checked-resource';

/**
 * Whether enforcement already warned of a finding. It compares the rule and the place only, because the warning names values by construct paths, and
 * can have more causes. Enforcement always warns of exemptions that end.
 */
export function isAnnounced({ rule, path, construct, because = [] }: CheckedFinding): boolean {
  if (because.some(({ kind }) => kind === 'exemption')) { return true; }
  return construct !== undefined && isNotedAt(construct, rule, path);
}

/** Whether enforcement warned of the same rule on the same construct, in any place. */
export function isRuleAnnounced({ rule, construct }: CheckedFinding): boolean {
  return construct !== undefined && notedFindings(construct).some(noted => noted.rule === rule);
}

/** The rules that only enforcement can check. */
export const ENFORCEMENT_RULES: readonly RuleId[] = RULE_IDS.filter(id => RULES[id].foundBy === 'enforcement');

/** Findings on a construct that only enforcement can have: the effects of its changes at deployment. */
export function foundByEnforcement(construct: IConstruct): readonly Finding[] {
  return notedFindings(construct).filter(({ rule }) => RULES[rule].foundBy === 'enforcement');
}
