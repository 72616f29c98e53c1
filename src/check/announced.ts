import type { IConstruct } from 'constructs';
import type { Finding } from '../inspect/finding';
import { isNotedAt, notedFindings } from '../inspect/noted-findings';
import type { RuleId } from '../policy/rules';
import { RULES, RULE_IDS } from '../policy/rules';
import type { CheckedFinding } from './checked-resource';

/**
 * Whether a warning of enforcement says a finding already: the rule and the place tell, since a value is spelled by construct paths there, and
 * there may be more causes. Of the end of an exemption, whatever it is on, one always does.
 */
export function isAnnounced({ rule, path, construct, because = [] }: CheckedFinding): boolean {
  if (because.some(({ kind }) => kind === 'exemption')) { return true; }
  return construct !== undefined && isNotedAt(construct, rule, path);
}

/** Whether enforcement warned of the same rule on the same construct, at any path. */
export function isRuleAnnounced({ rule, construct }: CheckedFinding): boolean {
  return construct !== undefined && notedFindings(construct).some(noted => noted.rule === rule);
}

/** The rules of what enforcement finds, and no check can. */
export const ENFORCEMENT_RULES: readonly RuleId[] = RULE_IDS.filter(id => RULES[id].foundBy === 'enforcement');

/** Findings of enforcement on a construct that no check can have: what a deployment does because of a change. */
export function foundByEnforcement(construct: IConstruct): readonly Finding[] {
  return notedFindings(construct).filter(({ rule }) => RULES[rule].foundBy === 'enforcement');
}
