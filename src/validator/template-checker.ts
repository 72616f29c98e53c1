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
  /** The part of the app that is checked. By default, it is the whole app. */
  readonly scope?: IConstruct;
  /** Whether to report a finding. By default, the check reports all findings. */
  readonly reportsFinding?: (finding: CheckedFinding) => boolean;
  /** Whether the check runs after enforcement, which has already warned about some findings. */
  readonly isAfterEnforcement?: boolean;
  /** Whether another check reports problems of a construct outside of the scope. By default, none does. */
  readonly isCheckedElsewhere?: (construct: IConstruct) => boolean;
}

/** Checks an assembly with the properties of a user, returns the violations for CDK, and writes the reports. */
export class TemplateChecker {
  private readonly rules: RuleConfiguration;
  private readonly reports: readonly ImdsReport[];
  private readonly usage: ImdsUsage | undefined;
  private readonly sdks: readonly SdkDependencies[] | undefined;
  /** All templates so far. Before 2.270, CDK calls a plugin once for each account and Region, but a report is about all of them. */
  private readonly stackTemplates = new Map<string, IPolicyValidationContext['stackTemplates'][number]>();

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

  /** Checks the templates that CDK passes to a plugin. */
  public inspect(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { scope = context.appConstruct, reportsFinding = () => true, isCheckedElsewhere = () => false } = this.checkScope;
    const root = context.appConstruct;
    for (const template of context.stackTemplates) { this.stackTemplates.set(template.templatePath, template); }
    const census = new Census(root);
    const assembly = new Assembly({ appConstruct: root, stackTemplates: [...this.stackTemplates.values()] }, census);
    const check = new Check(assembly, census, this.rules, scope, isCheckedElsewhere, this.sdks);
    this.write(check, assembly);
    const current = new Set(context.stackTemplates.map(({ templatePath }) => resolve(templatePath)));
    const all = this.checkScope.isAfterEnforcement ? check.found.map(finding => this.asOfEnforcement(finding)) : check.findings;
    const findings = all.filter(finding => reportsFinding(finding) && (!finding.template || current.has(finding.template.outermost)));
    const hidden = suppressesEverywhere() ? Census.acknowledgedIn(root) : undefined;
    return { success: !findings.some(isFailing), violations: violationsOf(findings, hidden) };
  }

  /**
   * A finding of the check that runs after enforcement. It does not fail the synthesis in these cases, because enforcement only warns about them:
   * unreadable options in an included template, a rule that enforcement already warned about on the same construct, and an exempt resource.
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

/** The rules that a user switches off, with the reasons. Each rule of a check can be switched off, also those about exemptions that end. */
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
