import { resolve } from 'path';
import type { IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isRuleAnnounced } from '../check/announced';
import { Assembly } from '../check/assembly';
import { leadsOut } from '../check/assembly-file';
import { suppressesEverywhere } from '../check/cdk-version';
import { Census } from '../check/census';
import { Check, isFailing } from '../check/check';
import type { CheckedFinding } from '../check/checked-resource';
import { RuleConfiguration } from '../check/rule-configuration';
import { violationsOf } from '../check/violations';
import { checked } from '../model/props';
import { describeValue } from '../model/setting';
import { CheckedPolicy } from '../policy/checked-policy';
import { Exemptions, todayOf } from '../policy/exemptions';
import { checkRule, checkText } from '../policy/imds-exemption';
import type { RuleId } from '../policy/rules';
import { VALIDATED_RULE_IDS } from '../policy/rules';
import type { ImdsReport } from '../report/imds-report';
import type { SdkDependencies } from '../sdks/sdk-dependencies';
import type { ImdsUsage } from '../usage/imds-usage';
import { leastFailing } from './fail-on';
import { CHECKING } from './imdsv2-check-props';
import type { Imdsv2CheckProps } from './imdsv2-check-props';

/** The part of an app to check, and the findings to report. */
export interface CheckScope {
  /** Nothing outside of it is checked; everything is where it is not given. */
  readonly scope?: IConstruct;
  /** Whether to report a finding. By default, all are reported. */
  readonly reportsFinding?: (finding: CheckedFinding) => boolean;
  /** Whether enforcement has already reported a finding, so that it is not repeated. */
  readonly isAfterEnforcement?: boolean;
  /** Whether another check reports problems outside of the part. By default, no. */
  readonly isCheckedElsewhere?: (construct: IConstruct) => boolean;
}

/** Checks an assembly with the properties of a user, returns the violations for CDK, and writes the reports. */
export class TemplateChecker {
  private readonly rules: RuleConfiguration;
  private readonly reports: readonly ImdsReport[];
  private readonly usage: ImdsUsage | undefined;
  private readonly sdks: readonly SdkDependencies[] | undefined;
  /** The templates that CDK asked about: before 2.270 it asks for those of each account and Region apart, and a report is about all of them. */
  private readonly asked = new Map<string, IPolicyValidationContext['stackTemplates'][number]>();

  public constructor(props: Imdsv2CheckProps, private readonly checkScope: CheckScope = {}) {
    const { failOn } = checked(props, CHECKING);
    this.rules = new RuleConfiguration({
      exemptions: new Exemptions(todayOf(props.today)),
      policy: new CheckedPolicy(props),
      failOn: leastFailing(failOn),
      off: rulesOff(props),
    });
    this.reports = props.reports ?? [];
    this.usage = props.usage;
    this.sdks = props.sdks;
  }

  /** Checks what CDK hands to a plugin. */
  public inspect(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { scope = context.appConstruct, reportsFinding = () => true, isCheckedElsewhere = () => false } = this.checkScope;
    const root = context.appConstruct;
    for (const template of context.stackTemplates) { this.asked.set(template.templatePath, template); }
    const census = new Census(root);
    const assembly = new Assembly({ appConstruct: root, stackTemplates: [...this.asked.values()] }, census);
    const check = new Check(assembly, census, this.rules, scope, isCheckedElsewhere, this.sdks);
    this.write(check, assembly);
    const now = new Set(context.stackTemplates.map(({ templatePath }) => resolve(templatePath)));
    const all = this.checkScope.isAfterEnforcement ? check.found.map(finding => this.asOfEnforcement(finding)) : check.findings;
    const findings = all.filter(finding => reportsFinding(finding) && (!finding.template || now.has(finding.template.outermost)));
    const hidden = suppressesEverywhere() ? Census.acknowledgedIn(root) : undefined;
    return { success: !findings.some(isFailing), violations: violationsOf(findings, hidden) };
  }

  /**
   * A finding with only enforcement. It is a warning if enforcement also warns: about unreadable options in an existing template, and about a rule
   * that a warning on the same construct already names. Findings on exempt resources are warnings, too.
   */
  private asOfEnforcement(finding: CheckedFinding): CheckedFinding {
    const isHidden = finding.rule === 'Imdsv2::OptionsUnreadable' && finding.logicalId === undefined && finding.template?.problem === undefined;
    const isLeft = () => this.rules.exemptions.covering(finding.reportedOn, 'Imdsv2::TokensRequired') !== undefined;
    return finding.fails && (isHidden || isRuleAnnounced(finding) || isLeft()) ? { ...finding, fails: false } : finding;
  }

  private write(check: Check, { directory, outermost }: Assembly): void {
    if (this.reports.length === 0) { return; }
    if (leadsOut(outermost, directory)) { throw new Error(`reports are not written through a link out of the assembly, got ${describeValue(directory)}`); }
    const report = this.reports[0]._reportOn(check, this.usage);
    for (const format of this.reports) { format._write(report, directory); }
  }
}

/** The rules that a user switches off: any that a check finds, so that the end of exemptions is one of them. */
function rulesOff({ rulesOff: off = [] }: Imdsv2CheckProps): Map<RuleId, string> {
  return new Map(off.map(({ rule, reason }) => {
    if (!isChecked(rule)) { checkRule(rule); }
    checkText('reason', reason);
    return [rule, reason];
  }));
}

function isChecked(rule: string): rule is RuleId {
  return VALIDATED_RULE_IDS.some(id => id === rule);
}
