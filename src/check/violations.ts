import type { PolicyViolatingResource, PolicyViolation } from 'aws-cdk-lib';
import { statementOf } from '../inspect/finding';
import { adviceOf, findingText } from '../inspect/finding-text';
import { locationOf } from '../inspect/location';
import { plainText } from '../model/plain-text';
import { RULES } from '../policy/rules';
import type { CheckedFinding } from './checked-resource';

/**
 * Findings as CDK reports them: what says the same of several resources is one violation.
 *
 * What `ImdsExemption` covers is left out. What is acknowledged stays in: CDK shows it as suppressed, and by whom. After that it goes by the
 * severity alone, so `error` is what fails the synthesis, and `warning` what does not; the severity of the rule is in the metadata.
 *
 * @param hidden rules of which CDK would suppress everything, since one finding of them is acknowledged: it suppresses nothing that is `fatal`
 */
export function violationsOf(findings: readonly CheckedFinding[], hidden: ReadonlySet<string> = new Set()): PolicyViolation[] {
  return alike(findings).map(group => violationOf(group[0], severityOf(group[0], hidden), group.map(violatingResource)));
}

/** The reported findings, in groups with the same statement. Findings on plain resources consist of the same objects, so no text is needed to compare them. */
function alike(findings: readonly CheckedFinding[]): readonly CheckedFinding[][] {
  const groups = new Map<string, CheckedFinding[]>();
  let group: CheckedFinding[] = [];
  for (let index = 0; index < findings.length; index++) {
    const finding = findings[index];
    if (finding.exemption && !finding.exemption.isAppliedByCdk) { continue; }
    if (group.length === 0 || !isPlainlyAlike(finding, group[0])) {
      const key = sameness(finding);
      group = groups.get(key) ?? [];
      groups.set(key, group);
    }
    group.push(finding);
  }
  return [...groups.values()];
}

function isPlainlyAlike(one: CheckedFinding, other: CheckedFinding): boolean {
  return one.got === other.got && one.want === other.want && one.because === other.because && one.path === other.path && one.rule === other.rule
    && one.fails === other.fails && one.exemption === undefined && other.exemption === undefined;
}

/** Acknowledged findings are a violation of their own, because older versions of CDK suppress a violation for all of its resources. */
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
