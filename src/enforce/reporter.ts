import type { CfnResource } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { endOfExemption } from '../inspect/ending-exemptions';
import { exemptLauncherFindings } from '../inspect/exempt-launchers';
import type { Finding } from '../inspect/finding';
import { noteFinding } from '../inspect/noted-findings';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import type { Launch } from '../launch/launch-graph';
import { updateEffect } from '../launch/update-effects';
import type { LaunchResource } from '../launch/world';
import { isAbsent } from '../model/intrinsics';
import type { Exemptions } from '../policy/exemptions';
import { exemptionsOn } from '../policy/imds-exemption';
import { checkedScopeOf } from '../policy/noted-check';
import { RULES } from '../policy/rules';
import type { Carrier } from '../resources/record';
import { recordOf } from '../resources/record-table';
import { changesIn, fillsIn } from './change-log';
import type { Caller } from './warnings';
import { addWarning } from './warnings';
import type { Change } from './writing-visitor';

/** Warns about what enforcement could not do, and about the resources that a deployment replaces or leaves unchanged because of it. */
export class Reporter {
  /** The constructs whose ended exemptions were reported. */
  private readonly reportedScopes = new WeakSet<IConstruct>();
  /** The reported launches, and whether only their tokens changed. Enforcement visits a launcher and its template one after the other. */
  private readonly reportedLaunches = new WeakMap<Launch, boolean>();

  public constructor(private readonly exemptions: Exemptions, private readonly caller: Caller) {}

  /**
   * Warns about the effect of the changes at deployment: what is replaced, and which launchers keep their old options.
   *
   * @param launches the launches from the resource
   */
  public reportDeployment(resource: CfnResource, seen: LaunchResource, launches: readonly Launch[], analysis: TreeAnalysis): void {
    const changes = changesIn(resource);
    if (changes.length > 0) {
      this.reportReplacements(resource, seen, changes, analysis);
      if (changes.some(isNewVersion)) {
        for (const launch of launches) { this.reportLaunch(launch, analysis); }
      }
    }
    for (const launch of analysis.graph.launchesOf(seen)) {
      if (isOfNewVersion(launch, analysis)) { this.reportLaunch(launch, analysis); }
    }
  }

  /** Warns about findings. Notes findings that follow from them, without a warning. */
  public reportFindings(resource: CfnResource, findings: readonly Finding[], implied: readonly Finding[] = []): void {
    implied.forEach(finding => noteFinding(resource, finding));
    findings.forEach(finding => this.warn(resource, finding));
  }

  /** Warns about exemptions on a construct, or above it, that have ended or end soon. Exemptions above the stacks are reported in each stack, because CDK shows those. */
  public reportEndedExemptions(construct: IConstruct): void {
    if (construct.node.scope && this.reportedScopes.has(construct.node.scope) && exemptionsOn(construct).length === 0) {
      this.reportedScopes.add(construct);
      return;
    }
    const { scopes } = construct.node;
    const first = scopes.findIndex(scope => Stack.isStack(scope));
    if (first < 0) { return; }
    for (const [index, scope] of scopes.entries()) {
      const place = index < first ? scopes[first] : scope;
      if (this.reportedScopes.has(place)) { continue; }
      for (const ending of this.exemptions.endingOn(scope)) {
        this.warn(place, endOfExemption(ending, place === scope ? undefined : scope.node.path));
      }
    }
    for (const scope of scopes.slice(first)) { this.reportedScopes.add(scope); }
  }

  /**
   * Warns about a launcher that is exempt, but gets required tokens from a resource that is not.
   *
   * @param isEnforced whether enforcement visited a resource
   */
  public reportExemption(launcher: LaunchResource, analysis: TreeAnalysis, isEnforced: (resource: CfnResource) => boolean): void {
    const findings = exemptLauncherFindings(launcher, analysis, {
      isExempt: resource => this.exemptions.covering(analysis.constructOf(resource), 'Imdsv2::TokensRequired') !== undefined,
      isHandled: resource => isEnforced(analysis.constructOf(resource)),
    });
    findings.forEach(finding => this.warn(analysis.constructOf(launcher), finding));
  }

  private reportReplacements(resource: CfnResource, seen: LaunchResource, changes: readonly Change[], analysis: TreeAnalysis): void {
    const replacing = changes.filter(({ carrier }) => carrier.update === 'replacement');
    if (replacing.length === 0) { return; }
    for (const carrier of new Set(replacing.map(change => change.carrier))) {
      const finding = replacementFinding(seen, carrier, changes, analysis);
      if (finding) { this.warn(resource, finding); }
    }
  }

  /** Warns the launcher of a template that has a new version. */
  private reportLaunch(launch: Launch, analysis: TreeAnalysis): void {
    const { source } = launch;
    const tokensOnly = source.kind === 'resource' && Object.keys(fillsIn(analysis.constructOf(source.resource))).length === 0;
    if (this.reportedLaunches.get(launch) === tokensOnly) { return; }
    this.reportedLaunches.set(launch, tokensOnly);
    const launcher = analysis.constructOf(launch.launcher);
    analysis.launches.newVersionFindings(launch, tokensOnly).forEach(finding => {
      const isForAll = finding.rule === 'Imdsv2::ReplacesFollower';
      if (isForAll || !this.exemptions.covering(launcher, 'Imdsv2::TokensRequired')) { this.warn(launcher, finding); }
    });
  }

  /** Adds a warning, unless it is exempt. CDK ignores acknowledgements on the app, so they are evaluated here. */
  private warn(construct: IConstruct, finding: Finding): void {
    noteFinding(construct, finding);
    // The check of the user reports findings of checks.
    if (RULES[finding.rule].foundBy === 'check' && checkedScopeOf(construct)) { return; }
    if (!this.exemptions.covering(construct, finding.rule)) { addWarning(construct, finding, this.caller); }
  }
}

/** The finding on a replacement by a deployment; `undefined` for a launch template without launchers. */
function replacementFinding(seen: LaunchResource, carrier: Carrier, changes: readonly Change[], analysis: TreeAnalysis): Finding | undefined {
  const own = changes.filter(change => change.carrier === carrier);
  const paths = [...new Set(own.map(({ where }) => where))];
  const tokens = [...new Set(own.map(change => change.before).filter(words => words !== undefined))].join(' or ') || undefined;
  const { nameProperty, isTemplate } = recordOf(seen.type)!;
  if (nameProperty !== undefined && hasName(seen, nameProperty)) {
    return { rule: 'Imdsv2::NameBlocksReplacement', resource: seen.path, path: nameProperty, because: [{ kind: 'fixed name', property: nameProperty, paths, tokens }] };
  }
  const launchers = analysis.graph.launchersOf(seen).map(launch => ({ resource: launch.launcher.path, effect: updateEffect(launch) }));
  if (isTemplate && launchers.length === 0) { return undefined; }
  const because = [{ kind: 'replacement' as const, paths, tokens, consequence: carrier.replacement ?? '', launchers }];
  return { rule: 'Imdsv2::ReplacesResource', resource: seen.path, path: paths.join(', '), because };
}

function hasName(resource: LaunchResource, property: string): boolean {
  return resource.at([property], true).some(({ value, layer }) => !isAbsent(layer.resolve(value)));
}

function hasNewVersion(resource: CfnResource): boolean {
  return changesIn(resource).some(isNewVersion);
}

function isNewVersion({ carrier }: Change): boolean {
  return carrier.update === 'new version';
}

function isOfNewVersion({ source }: Launch, analysis: TreeAnalysis): boolean {
  return source.kind === 'resource' && hasNewVersion(analysis.constructOf(source.resource));
}
