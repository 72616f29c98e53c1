import type { Rule, Severity } from '../policy/rule';
import type { RuleId } from '../policy/rules';
import { RULE_IDS, RULES, ruleNameOf } from '../policy/rules';

/** All rules in SARIF's format. Each report contains all of them, so the list changes only with a version of the library. */
export function sarifRules(): object[] {
  return RULE_IDS.map(id => rule(id, RULES[id]));
}

function rule(id: RuleId, { title, severity, securitySeverity, explanation, fix, see, controls = [] }: Rule): object {
  const requiredBy = controls.map(control => `${control.framework} ${control.id}`).join(', ');
  return {
    id,
    name: ruleNameOf(id),
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: {
      text: `${explanation}\n\nWhat to do: ${fix}\n\nDocumentation: ${see}${requiredBy && `\n\nAlso required by: ${requiredBy}`}`,
      markdown: `${explanation}\n\n**What to do:** ${fix}\n\n**Documentation:** <${see}>${requiredBy && `\n\n**Also required by:** ${requiredBy}`}`,
    },
    helpUri: see,
    defaultConfiguration: { level: severity },
    properties: ruleProperties(severity, securitySeverity),
  };
}

/** The properties that GitHub sorts by. A rule with a score is a security rule for GitHub. */
function ruleProperties(severity: Severity, score: number | undefined): object {
  const common = { 'precision': severity === 'error' ? 'very-high' : 'high', 'problem.severity': severity };
  return score === undefined
    ? { ...common, tags: ['aws', 'ec2', 'imdsv2', 'correctness'] }
    : { ...common, 'security-severity': score.toFixed(1), 'tags': ['aws', 'ec2', 'imdsv2', 'security'] };
}
