import type { CfnResource } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { LiveScene } from '../inspect/live-scene';
import type { Launch } from '../launch/launch-graph';
import type { Exemptions } from '../policy/exemptions';
import type { Finding } from '../policy/finding';
import { noteFinding } from '../policy/noted-findings';
import type { Carrier } from '../resources/record';
import { changesIn, fillsIn } from './change-log';
import type { Caller } from './warnings';
import { addWarning } from './warnings';
import type { Change } from './writing-visitor';

/** Says what enforcement could not do, and what a deployment replaces, or leaves as it was, because of it. */
export class Reporter {
  private readonly asked = new WeakSet<IConstruct>();

  public constructor(private readonly exemptions: Exemptions, private readonly caller: Caller) {}

  /** Warns of what a deployment of the changes replaces, and of what it leaves as it was: the resource, its launchers, or it as a launcher. */
  public reportDeployment(resource: CfnResource, scene: LiveScene): void {
    const changes = changesIn(resource);
    for (const row of new Set(changes.map(change => change.row))) {
      if (row.update === 'replacement') { this.warn(resource, replacesResource(row, changes)); }
    }
    const seen = scene.resourceOf(resource);
    if (hasNewVersion(resource)) { this.reportLaunches(scene.graph.launchersOf(seen), scene); }
    this.reportLaunches(scene.graph.launchesOf(seen).filter(launch => isOfNewVersion(launch, scene)), scene);
  }

  /** Warns of what could not be read or set. */
  public reportFindings(resource: CfnResource, findings: readonly Finding[]): void {
    for (const finding of findings) { this.warn(resource, finding); }
  }

  /** Warns of exemptions on a construct, or above it, that have ended or soon will. What stands above the stacks is said in each of them: CDK looks there. */
  public reportLapses(construct: IConstruct): void {
    if (construct.node.scope && this.asked.has(construct.node.scope) && this.exemptions.endingOn(construct).length === 0) {
      this.asked.add(construct);
      return;
    }
    const { scopes } = construct.node;
    const first = scopes.findIndex(scope => Stack.isStack(scope));
    if (first < 0) { return; }
    for (const [index, scope] of scopes.entries()) {
      const bearer = index < first ? scopes[first] : scope;
      if (this.asked.has(bearer)) { continue; }
      for (const { kind, message } of this.exemptions.endingOn(scope)) {
        const where = bearer === scope ? '' : `, on ${scope.node.path ? `'${scope.node.path}'` : 'the app'}`;
        this.warn(bearer, { id: kind === 'expired' ? 'Imdsv2::ExemptionExpired' : 'Imdsv2::ExemptionExpiring', path: '', message: message + where });
      }
    }
    for (const scope of scopes.slice(first)) { this.asked.add(scope); }
  }

  /** Warns the launchers of a template that has a new version. */
  private reportLaunches(launches: readonly Launch[], scene: LiveScene): void {
    for (const launch of launches) {
      const launcher = scene.constructOf(launch.launcher);
      const isExempt = this.exemptions.covering(launcher, 'Imdsv2::TokensRequired') !== undefined;
      const { source } = launch;
      const tokensOnly = source.kind === 'resource' && Object.keys(fillsIn(scene.constructOf(source.resource))).length === 0;
      for (const finding of scene.launches.newVersionFindings(launch, tokensOnly)) {
        if (!isExempt || finding.id !== 'Imdsv2::VersionNotFollowed') { this.warn(launcher, finding); }
      }
    }
  }

  /** An acknowledgement on the app is one that CDK does not honour. */
  private warn(construct: IConstruct, finding: Finding): void {
    noteFinding(construct, finding);
    if (!this.exemptions.covering(construct, finding.id)) { addWarning(construct, finding, this.caller); }
  }
}

function replacesResource(row: Carrier, changes: readonly Change[]): Finding {
  const own = changes.filter(change => change.row === row);
  const places = [...new Set(own.map(({ where }) => where))].join(', ');
  const before = [...new Set(own.map(change => change.before).filter(words => words !== undefined))].join(' or ');
  const what = before ? `now requires tokens (it was ${before})` : 'now sets what was unset';
  return {
    id: 'Imdsv2::ReplacesResource',
    path: places,
    message: `${places} of this ${row.type} ${what}, which replaces the resource if it is deployed already: ${row.replacement}`,
  };
}

function hasNewVersion(resource: CfnResource): boolean {
  return changesIn(resource).some(({ row }) => row.update === 'new version');
}

function isOfNewVersion({ source }: Launch, scene: LiveScene): boolean {
  return source.kind === 'resource' && hasNewVersion(scene.constructOf(source.resource));
}
