import type { PolicyViolatingResource, PolicyViolation } from 'aws-cdk-lib';
import { statementOf } from '../inspect/finding';
import { adviceOf, findingText } from '../inspect/finding-text';
import { locationOf } from '../inspect/location';
import { grouped } from '../model/grouped';
import { plainText } from '../model/plain-text';
import { RULES } from '../policy/rules';
import type { CheckedFinding } from './checked-resource';

/**
 * Findings as CDK reports them: what says the same of several resources is one violation.
 *
 * What `ImdsExemption` covers is left out. What is acknowledged stays in: CDK shows it as suppressed, and by whom. After that it goes by the
 * severity alone, so `error` is what fails the synthesis, and `warning` what does not; the severity of the rule stands in the metadata.
 *
 * @param hidden rules of which CDK would suppress everything, since one finding of them is acknowledged: it suppresses nothing that is `fatal`
 */
export function violationsOf(findings: readonly CheckedFinding[], hidden: ReadonlySet<string> = new Set()): PolicyViolation[] {
  const reported = findings.filter(({ exemption }) => !exemption || exemption.isAppliedByCdk);
  const alike = grouped(reported.map(finding => [sameness(finding), finding] as const));
  return [...alike.values()].map(group => violationOf(group[0], severityOf(group[0], hidden), group.map(violatingResource)));
}

/** What is acknowledged is a violation apart: older versions of CDK suppress a violation for all of its resources. */
function sameness(finding: CheckedFinding): string {
  return `${finding.fails} ${finding.exemption !== undefined} ${statementOf(finding)}`;
}

function severityOf({ rule, fails, exemption }: CheckedFinding, hidden: ReadonlySet<string>): string {
  if (!fails) { return 'warning'; }
  return hidden.has(rule) && !exemption ? 'fatal' : 'error';
}

function violationOf(finding: CheckedFinding, severity: string, violatingResources: PolicyViolatingResource[]): PolicyViolation {
  const { title, severity: byNature } = RULES[finding.rule];
  const { fix, see } = adviceOf(finding);
  return {
    ruleName: finding.rule,
    description: findingText(finding),
    fix: `${fix} (${see})`,
    severity,
    ruleMetadata: { title, severity: byNature, see },
    violatingResources,
  };
}

/**
 * What a finding is about. CDK looks constructs up by the name of a template and a logical id, which stages may share, and acknowledgements by the
 * path: so the path is always said, that of the stack where there is no construct.
 */
function violatingResource({ reportedOn, template, logicalId, path }: CheckedFinding): PolicyViolatingResource {
  return {
    constructPath: reportedOn.node.path,
    templatePath: template && plainText(template.location),
    resourceLogicalId: logicalId === undefined ? undefined : plainText(logicalId),
    locations: logicalId === undefined ? [] : [plainText(locationOf(path))],
  };
}
