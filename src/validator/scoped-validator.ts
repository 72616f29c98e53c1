import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isAnnounced } from '../check/announced';
import type { CheckedFinding } from '../check/checked-resource';
import { packageVersion } from '../check/package-version';
import { failsAt } from '../check/rule-configuration';
import { ConstructNote } from '../model/construct-note';
import { CONSTRUCT, checkValue } from '../model/kinds';
import { checked } from '../model/props';
import { describeValue } from '../model/setting';
import { checkedScopeOf, noteCheck } from '../policy/noted-check';
import { enforcedScopeOf } from '../policy/noted-policy';
import { RULES, VALIDATED_RULE_IDS } from '../policy/rules';
import { leastFailing } from './fail-on';
import { CHECKING } from './imdsv2-check-props';
import type { Imdsv2CheckProps } from './imdsv2-check-props';
import { claimFiles, removeStale } from './report-files';
import type { CheckScope } from './template-checker';
import { TemplateChecker } from './template-checker';

/** On scopes that a user checks: the properties of each call, in their order. */
const CHECKS = new ConstructNote<readonly Imdsv2CheckProps[]>('Checks');
/** On scopes that enforcement checks after the synthesis. */
const CHECKED_AFTER_SYNTHESIS = new ConstructNote<boolean>('CheckedAfterSynthesis');

/** Adds a check of everything under a scope. It reports all findings, except those that another check of the user reports. */
export function checkAll(scope: IConstruct, props: Imdsv2CheckProps): void {
  checkValue('scope', scope, CONSTRUCT);
  checked(props, CHECKING);
  if (!isInStage(scope)) { throw new Error(`scope must be in an app or another stage, got ${describeValue(scope.node.path)}`); }
  claimFiles(scope, props.reports ?? []);
  const earlier = CHECKS.of(scope) ?? [];
  const reportsFinding = (finding: CheckedFinding) => (checkedScopeOf(finding.reportedOn) ?? scope) === scope
    && !earlier.some(others => isReportedBy(others, props, finding));
  const isCheckedElsewhere = (construct: IConstruct) => checkedScopeOf(construct) !== undefined;
  Validations.of(scope).addPlugins(new ScopedValidator(props, { scope, reportsFinding, isCheckedElsewhere }));
  CHECKS.write(scope, [...earlier, props]);
  noteCheck(scope);
  removeStale(scope, props.reports ?? []);
}

/** Adds a check after enforcement. It reports only findings that enforcement did not warn about. If the user adds a check, that check reports them instead. */
export function checkEnforced(scope: IConstruct, today: string | undefined): void {
  if (!isInStage(scope) || CHECKED_AFTER_SYNTHESIS.of(scope)) { return; }
  CHECKED_AFTER_SYNTHESIS.write(scope, true);
  const reportsFinding = (finding: CheckedFinding) =>
    (finding.exemption ? finding.exemption.isAppliedByCdk : !isAnnounced(finding))
    && !checkedScopeOf(finding.reportedOn) && (enforcedScopeOf(finding.reportedOn) ?? scope) === scope;
  const checkScope: CheckScope = { scope, reportsFinding, isCheckedElsewhere: () => true, isAfterEnforcement: true };
  Validations.of(scope).addPlugins(new ScopedValidator({ today }, checkScope));
}

/** The validator for a part of an app. */
class ScopedValidator implements IPolicyValidationPlugin {
  public readonly name = 'Imdsv2';
  public readonly version?: string = packageVersion();
  public readonly ruleIds?: string[] = [...VALIDATED_RULE_IDS];
  private readonly checker: TemplateChecker;

  public constructor(props: Imdsv2CheckProps, checkScope: CheckScope) {
    this.checker = new TemplateChecker(props, checkScope);
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.checker.inspect(context);
  }
}

/** Whether a scope is a stage, or in one. CDK validates only stages; an app is a stage, too. */
function isInStage(scope: IConstruct): boolean {
  return Stage.isStage(scope) || Stage.of(scope) !== undefined;
}

/** Whether an earlier check of the same scope reports a finding, and fails if this one does. */
function isReportedBy(
  earlier: Imdsv2CheckProps, { containerHopLimit, maxHopLimit, today, sdks }: Imdsv2CheckProps, { rule, fails }: CheckedFinding,
): boolean {
  const hasSameLimits = earlier.containerHopLimit === containerHopLimit && earlier.maxHopLimit === maxHopLimit && earlier.today === today;
  if (RULES[rule].foundBy === 'dependencies' && earlier.sdks !== sdks) { return false; }
  const isOff = earlier.rulesOff?.some(off => off.rule === rule) ?? false;
  return hasSameLimits && !isOff && (failsAt(leastFailing(earlier.failOn), rule) || !fails);
}
