import { ruleNameOf } from '../../policy/requirement-id';
import type { Requirement, RequirementId } from '../../policy/requirements';
import { REQUIREMENTS } from '../../policy/requirements';

/** The ids of all rules: a result names its rule by the place in here, too. */
export const RULE_IDS = Object.keys(REQUIREMENTS) as RequirementId[];

/**
 * How bad it is for security where a rule does not hold, from 0.1 to 10: over 7 is high, over 4 medium.
 *
 * What is not listed is not about security: the template cannot be deployed, or something is replaced.
 */
const SECURITY_SEVERITY: { readonly [id in RequirementId]?: string } = {
  'Imdsv2::TokensRequired': '8.0',
  'Imdsv2::OptionsUnreadable': '8.0',
  'Imdsv2::StageNotEnforced': '8.0',
  'Imdsv2::ChangedAfterEnforcement': '8.0',
  'Imdsv2::CannotBeSet': '5.0',
  'Imdsv2::VersionNotFollowed': '5.0',
  'Imdsv2::LaunchSourceUnknown': '5.0',
  'Imdsv2::ExemptionExpired': '5.0',
  'Imdsv2::HopLimitTooHigh': '3.0',
  'Imdsv2::ExemptionExpiring': '2.0',
};

/** The rules as SARIF describes them, all of them in every report: they change with a version only. */
export function sarifRules(): object[] {
  return RULE_IDS.map(id => rule(id, REQUIREMENTS[id]));
}

function rule(id: RequirementId, { title, severity, explanation, fix, see, controls }: Requirement): object {
  const askedFor = controls.map(control => `${control.framework} ${control.id}`).join(', ');
  return {
    id,
    name: ruleNameOf(id),
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: {
      text: `${explanation}\n\nWhat to do: ${fix}\n\nRead on: ${see}${askedFor && `\n\nAsked for by: ${askedFor}`}`,
      markdown: `${explanation}\n\n**What to do:** ${fix}\n\n**Read on:** <${see}>${askedFor && `\n\n**Asked for by:** ${askedFor}`}`,
    },
    helpUri: see,
    defaultConfiguration: { level: severity },
    properties: ruleProperties(SECURITY_SEVERITY[id], severity),
  };
}

/** What GitHub sorts by: a rule with a score is one about security. */
function ruleProperties(score: string | undefined, severity: string): object {
  const common = { 'precision': severity === 'error' ? 'very-high' : 'high', 'problem.severity': severity };
  return score === undefined
    ? { ...common, tags: ['aws', 'ec2', 'imdsv2', 'correctness'] }
    : { ...common, 'security-severity': score, 'tags': ['aws', 'ec2', 'imdsv2', 'security'] };
}
