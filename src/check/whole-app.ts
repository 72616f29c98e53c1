import { rmSync } from 'fs';
import { join } from 'path';
import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { App, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { describeValue } from '../model/setting';
import { enforcedScopeOf } from '../policy/noted-policy';
import { CHECKED_IDS } from '../policy/requirements';
import { isAnnounced } from './announced';
import type { CheckedFinding } from './check';
import type { ImdsReport } from './imds-report';
import type { Imdsv2CheckProps } from './imdsv2-check-props';
import type { Extent } from './inspector';
import { Inspector } from './inspector';
import { packageVersion } from './package-version';

/** On the root: the reports that checks write, and whose they are. */
const FILES = Symbol.for('cdk-imdsv2.ReportFiles');
/** On scopes that a user checks. */
const CHECKED = Symbol.for('cdk-imdsv2.Checked');
/** On scopes that are checked after enforcement. */
const LOOKED_AFTER = Symbol.for('cdk-imdsv2.LookedAfter');

/** Checks everything under a scope, and says all of it. */
export function checkAll(scope: IConstruct, props: Imdsv2CheckProps): void {
  if (!isInStage(scope)) { throw new Error(`scope must be in an app or another stage, got ${describeValue(scope.node.path)}`); }
  claimFiles(scope, props.reports ?? []);
  const says = (finding: CheckedFinding) => (checkedScopeOf(finding.anchor) ?? scope) === scope;
  Validations.of(scope).addPlugins(new ScopedValidator(props, { scope, says }));
  Object.defineProperty(scope, CHECKED, { value: true, enumerable: false, configurable: true });
  removeStale(scope, props.reports ?? []);
}

/**
 * Checks what enforcement left, and says only what its warnings do not say already. Where a user asks for a check, that one says it.
 */
export function checkEnforced(scope: IConstruct, today: string | undefined): void {
  if (!isInStage(scope) || LOOKED_AFTER in scope) { return; }
  Object.defineProperty(scope, LOOKED_AFTER, { value: true, enumerable: false });
  const says = (finding: CheckedFinding) =>
    !finding.waiver && !isAnnounced(finding) && !checkedScopeOf(finding.anchor) && (enforcedScopeOf(finding.anchor) ?? scope) === scope;
  Validations.of(scope).addPlugins(new ScopedValidator({ today }, { scope, says }));
}

/** The validator for a part of an app. */
class ScopedValidator implements IPolicyValidationPlugin {
  public readonly name = 'Imdsv2';
  public readonly version?: string = packageVersion();
  public readonly ruleIds?: string[] = [...CHECKED_IDS];
  private readonly inspector: Inspector;

  public constructor(props: Imdsv2CheckProps, extent: Extent) {
    this.inspector = new Inspector(props, extent);
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.inspector.inspect(context);
  }
}

/** Whether CDK validates what is under a scope: a stage knows itself, and every construct its own. */
function isInStage(scope: IConstruct): boolean {
  return Stage.isStage(scope) || Stage.of(scope) !== undefined;
}

/** The nearest scope of a construct that a user checks: that check speaks of it. */
function checkedScopeOf(construct: IConstruct): IConstruct | undefined {
  return [...construct.node.scopes].reverse().find(scope => CHECKED in scope);
}

/** Two reports in one file would leave the last of them. */
function claimFiles(scope: IConstruct, reports: readonly ImdsReport[]): void {
  const { root } = scope.node as { readonly root: IConstruct & { [FILES]?: Map<string, string> } };
  if (!root[FILES]) { Object.defineProperty(root, FILES, { value: new Map<string, string>(), enumerable: false }); }
  const files = root[FILES]!;
  for (const { fileName } of reports) {
    const owner = files.get(fileName);
    if (owner !== undefined) {
      throw new Error(`fileName must be one of its own for each report in an app, got ${describeValue(fileName)}, which the check of '${owner}' writes`);
    }
    files.set(fileName, scope.node.path);
  }
}

/**
 * Removes the reports of an earlier synthesis, before this one begins to write: none of them is to be taken for its own if it fails.
 * At once, since an aspect or a stage may fail first; and before each synthesis, since one app may have several.
 */
function removeStale(scope: IConstruct, reports: readonly ImdsReport[]): void {
  const app = App.of(scope);
  if (!app || reports.length === 0) { return; }
  const remove = () => {
    for (const { fileName } of reports) { rmSync(join((app as App).outdir, fileName), { force: true }); }
    return [];
  };
  remove();
  app.node.addValidation({ validate: remove });
}
