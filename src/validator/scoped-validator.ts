import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isAnnounced } from '../check/announced';
import type { CheckedFinding } from '../check/check';
import { packageVersion } from '../check/package-version';
import { ConstructNote } from '../model/construct-note';
import { CONSTRUCT, checkValue } from '../model/kinds';
import { checked } from '../model/props';
import { describeValue } from '../model/setting';
import { enforcedScopeOf } from '../policy/noted-policy';
import { CHECKED_RULE_IDS } from '../policy/rules';
import { CHECKING } from './imdsv2-check-props';
import type { Imdsv2CheckProps } from './imdsv2-check-props';
import type { CheckScope } from './template-checker';
import { TemplateChecker } from './template-checker';
import { claimFiles, removeStale } from './report-files';

/** On scopes that a user checks. */
const CHECKED = new ConstructNote<boolean>('Checked');
/** On scopes that are checked after enforcement. */
const LOOKED_AFTER = new ConstructNote<boolean>('LookedAfter');

/** Adds a check of everything under a scope: it reports all that it finds. */
export function checkAll(scope: IConstruct, props: Imdsv2CheckProps): void {
  checkValue('scope', scope, CONSTRUCT);
  checked(props, CHECKING);
  if (!isInStage(scope)) { throw new Error(`scope must be in an app or another stage, got ${describeValue(scope.node.path)}`); }
  claimFiles(scope, props.reports ?? []);
  const reportsFinding = (finding: CheckedFinding) => (checkedScopeOf(finding.reportedOn) ?? scope) === scope;
  const isCheckedElsewhere = (construct: IConstruct) => checkedScopeOf(construct) !== undefined;
  Validations.of(scope).addPlugins(new ScopedValidator(props, { scope, reportsFinding, isCheckedElsewhere }));
  CHECKED.write(scope, true);
  removeStale(scope, props.reports ?? []);
}

/**
 * Adds a check of what enforcement left: it reports only what no warning says already. Where a user asks for a check, that one reports it.
 */
export function checkEnforced(scope: IConstruct, today: string | undefined): void {
  if (!isInStage(scope) || LOOKED_AFTER.of(scope)) { return; }
  LOOKED_AFTER.write(scope, true);
  const reportsFinding = (finding: CheckedFinding) =>
    !finding.exemption && !isAnnounced(finding) && !checkedScopeOf(finding.reportedOn) && (enforcedScopeOf(finding.reportedOn) ?? scope) === scope;
  Validations.of(scope).addPlugins(new ScopedValidator({ today }, { scope, reportsFinding, isCheckedElsewhere: () => true, isAfterEnforcement: true }));
}

/** The validator for a part of an app. */
class ScopedValidator implements IPolicyValidationPlugin {
  public readonly name = 'Imdsv2';
  public readonly version?: string = packageVersion();
  public readonly ruleIds?: string[] = [...CHECKED_RULE_IDS];
  private readonly checker: TemplateChecker;

  public constructor(props: Imdsv2CheckProps, checkScope: CheckScope) {
    this.checker = new TemplateChecker(props, checkScope);
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.checker.inspect(context);
  }
}

/** Whether CDK validates what is under a scope: a stage knows itself, and every construct its own. */
function isInStage(scope: IConstruct): boolean {
  return Stage.isStage(scope) || Stage.of(scope) !== undefined;
}

/** The nearest scope of a construct that a user checks: that check speaks of it. */
function checkedScopeOf(construct: IConstruct): IConstruct | undefined {
  return [...construct.node.scopes].reverse().find(scope => CHECKED.of(scope));
}
