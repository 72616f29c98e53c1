import type { PolicyViolatingResource, PolicyViolation } from 'aws-cdk-lib';
import { statementOf } from '../inspect/finding';
import { adviceOf, findingText } from '../inspect/finding-text';
import { locationOf } from '../inspect/location';
import { plainText } from '../model/plain-text';
import { RULES } from '../policy/rules';
import type { CheckedFinding } from './checked-resource';

/**
 * Findings in the form of CDK. Findings with the same text on several resources are one violation.
 *
 * Findings that `ImdsExemption` covers are left out. Acknowledged findings stay: CDK shows them as suppressed, and by whom. CDK decides by the severity
 * of a violation, so it is `error` if the finding fails the synthesis, and `warning` if not. The severity of the rule is in the metadata.
 *
 * @param hidden rules that CDK would suppress everywhere, because one finding is acknowledged. Their errors are `fatal`, which CDK never suppresses.
 */
export function violationsOf(findings: readonly CheckedFinding[], hidden: ReadonlySet<string> = new Set()): PolicyViolation[] {
  return alike(findings).map(group => violationOf(group[0], severityOf(group[0], hidden), group.map(violatingResource)));
}

/** The reported findings, in groups with the same statement. Findings on plain resources consist of the same objects, so they are compared without text. */
function alike(findings: readonly CheckedFinding[]): readonly CheckedFinding[][] {
  const groups = new Map<string, CheckedFinding[]>();
  let group: CheckedFinding[] = [];
  for (let index = 0; index < findings.length; index++) {
    const finding = findings[index];
    if (finding.exemption && !finding.exemption.isAppliedByCdk) { continue; }
    if (group.length === 0 || !hasSameParts(finding, group[0])) {
      const key = sameness(finding);
      group = groups.get(key) ?? [];
      groups.set(key, group);
    }
    group.push(finding);
  }
  return [...groups.values()];
}

function hasSameParts(one: CheckedFinding, other: CheckedFinding): boolean {
  return one.got === other.got && one.want === other.want && one.because === other.because && one.path === other.path && one.rule === other.rule
    && one.fails === other.fails && one.exemption === undefined && other.exemption === undefined;
}

/** The key of a group. Acknowledged findings are separate violations, because older versions of CDK suppress a violation for all its resources. */
function sameness(finding: CheckedFinding): string {
  return `${finding.fails} ${finding.exemption !== undefined} ${statementOf(finding)}`;
}

function severityOf({ rule, fails, exemption }: CheckedFinding, hidden: ReadonlySet<string>): string {
  if (!fails) { return 'warning'; }
  return hidden.has(rule) && !exemption ? 'fatal' : 'error';
}

function violationOf(finding: CheckedFinding, severity: string, violatingResources: PolicyViolatingResource[]): PolicyViolation {
  const { title, severity: severityOfRule } = RULES[finding.rule];
  const { fix, see } = adviceOf(finding);
  return {
    ruleName: finding.rule,
    description: findingText(finding),
    fix: `${fix} (${see})`,
    severity,
    ruleMetadata: { title, severity: severityOfRule, see },
    violatingResources,
  };
}

/**
 * The resource of a finding. CDK can find a construct by its template and logical id, but stages may share these names. It finds acknowledgements by the
 * construct path. So the path is always set: without a construct, it is the path of the stack.
 */
function violatingResource({ reportedOn, template, logicalId, path }: CheckedFinding): PolicyViolatingResource {
  return {
    constructPath: reportedOn.node.path,
    templatePath: template && plainText(template.location),
    resourceLogicalId: logicalId === undefined ? undefined : plainText(logicalId),
    locations: logicalId === undefined ? [] : [plainText(locationOf(path))],
  };
}
