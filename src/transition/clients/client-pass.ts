import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { TreeAnalysis } from '../../inspect/tree-analysis';
import { CurrentAnalysis } from '../../inspect/tree-analysis';
import type { Launch } from '../../launch/launch-graph';
import { LiveTree } from '../../launch/live-tree';
import type { LaunchResource } from '../../launch/world';
import { isAbsent } from '../../model/intrinsics';
import type { Environment, NewFunctionVersion } from '../../resources/environment';
import { LiveResource } from '../../resources/live-resource';
import { PropertyWriter } from '../../resources/property-writer';
import { recordOf } from '../../resources/record-table';
import { isReplaced, reportHiding, reportLeft, reportNewFunctionVersion, reportNewRevision, reportNewVersion, reportRestart } from './client-announcements';
import type { ClientEnvironment, ClientVariable } from './client-environment';
import type { SettingsVisitor } from './client-notes';
import type { ClientPlace, ClientPlaces } from './client-places';
import { clientPlacesOf } from './client-places';
import { EdgeFunctions } from './edge-functions';

/** Writes client settings into one resource after another, and reports the effects. */
export class ClientPass {
  private readonly analysis = new CurrentAnalysis();
  private tree: LiveTree | undefined;
  private edge: EdgeFunctions | undefined;
  private root: IConstruct | undefined;
  private readonly met = new Set<CfnResource>();

  public constructor(private readonly environment: ClientEnvironment) {}

  /** Writes the settings, if the construct is a resource that runs clients. */
  public visit(construct: IConstruct): void {
    if (!CfnResource.isCfnResource(construct)) { return; }
    const known = clientPlacesOf(LiveResource.typeOf(construct));
    if (!known) { return; }
    const tree = this.treeOf(construct);
    const seen = tree.resourceOf(construct);
    const { variables, because } = known.given(this.environment, seen, this.edge ??= new EdgeFunctions(tree));
    if (because !== undefined) { reportLeft(construct, [{ where: '', names: this.environment.withoutRole.map(({ name }) => name), because }]); }
    if (variables.length === 0) { return; }
    for (const place of known.places) { this.writePlace(construct, seen, place, known, variables); }
  }

  private writePlace(
    resource: CfnResource, seen: LaunchResource, place: ClientPlace, { environment }: ClientPlaces, variables: readonly ClientVariable[],
  ): void {
    const launches = environment || place.interruption ? [] : this.launchesFrom(resource);
    const newVisitor = () => place.visitor(variables, seen);
    const writer = new PropertyWriter<SettingsVisitor>(new LiveResource(resource), place.path, { whole: newVisitor, merged: newVisitor });
    const against = this.reasonAgainst(seen, place, launches);
    const { written, left, hiding } = against === undefined ? writer.write() : writer.read();
    const names = variables.map(({ name }) => name);
    reportLeft(resource, against === undefined ? left : [...left, ...[...written].map(where => ({ where, names, because: against }))]);
    if (against !== undefined) { return; }
    if (written.size > 0) {
      if (environment) { reportNewVariables(resource, seen, environment); } else { reportNewUserData(resource, [...written], place, launches); }
    }
    reportHiding(resource, [...hiding]);
  }

  /** The reason why a place is not changed: the deployment would have an unwanted effect, or fail. */
  private reasonAgainst(seen: LaunchResource, place: ClientPlace, launches: readonly Launch[]): string | undefined {
    const { nameProperty, instances } = recordOf(seen.type) ?? {};
    if (instances?.onNewUserData === 'replacement' && nameProperty !== undefined && seen.valuesAt([nameProperty]).some(value => !isAbsent(value))) {
      return `CloudFormation cannot replace it while the template sets ${nameProperty}`;
    }
    if (this.environment.mayRestart) { return undefined; }
    const { interruption } = place;
    if (interruption) { return `a deployment would ${interruption === 'restart' ? 'restart the instance' : 'replace it'}, which restartInstances allows`; }
    const replaced = launches.find(isReplaced);
    return replaced && `a deployment would replace ${replaced.launcher.path}, which restartInstances allows`;
  }

  private launchesFrom(resource: CfnResource): readonly Launch[] {
    const analysis: TreeAnalysis = this.analysis.at(resource);
    return analysis.graph.launchersOf(analysis.resourceOf(resource));
  }

  /** The tree of a resource in this pass. */
  private treeOf(resource: CfnResource): LiveTree {
    const { root } = resource.node;
    if (!this.tree || this.root !== root || this.met.has(resource)) {
      this.tree = new LiveTree(root);
      this.root = root;
      this.edge = undefined;
      this.met.clear();
    }
    this.met.add(resource);
    return this.tree;
  }
}

function reportNewUserData(resource: CfnResource, written: readonly string[], { interruption }: ClientPlace, launches: readonly Launch[]): void {
  if (interruption) { reportRestart(resource, written.join(', '), interruption); } else { reportNewVersion(resource, launches); }
}

function reportNewVariables(resource: CfnResource, seen: LaunchResource, { onNewVariables: effect }: Environment): void {
  switch (effect?.kind) {
    case undefined: break;
    case 'new revision': reportNewRevision(resource, seen, effect); break;
    case 'new function version': if (publishesVersion(resource, seen, effect)) { reportNewFunctionVersion(resource); } break;
  }
}

/** Whether a function publishes a version with each change: by `currentVersion` of its construct, or by a property. */
function publishesVersion(resource: CfnResource, seen: LaunchResource, { publishedBy }: NewFunctionVersion): boolean {
  const { scope } = resource.node;
  return (scope?.node.defaultChild === resource && scope.node.tryFindChild('CurrentVersion') !== undefined)
    || (publishedBy !== undefined && seen.valuesAt(publishedBy).some(value => !isAbsent(value)));
}
