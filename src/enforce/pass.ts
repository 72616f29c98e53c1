import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import { CurrentAnalysis } from '../inspect/tree-analysis';
import type { Launch } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import type { Exemptions } from '../policy/exemptions';
import { LiveResource } from '../resources/live-resource';
import { isNamedByLaunchers, recordOf } from '../resources/record-table';
import { noteChanges } from './change-log';
import type { Enforcer, Outcome } from './enforcer';
import { Reporter } from './reporter';
import { takeBack } from './taken-back';
import type { Caller } from './warnings';

/** A pass over a tree, or over a single construct: it enforces each resource, and reports. */
export class Pass {
  private readonly analysis = new CurrentAnalysis();
  private readonly reporter: Reporter;
  /** The enforced resources. A launch template can become exempt after its instances were visited. */
  private readonly enforced = new WeakSet<CfnResource>();

  public constructor(private readonly enforcer: Enforcer, exemptions: Exemptions, caller: Caller) {
    this.reporter = new Reporter(exemptions, caller);
  }

  /** Enforces a construct, if it is a resource with instance metadata. */
  public visit(construct: IConstruct): void {
    this.reporter.reportEndedExemptions(construct);
    if (!CfnResource.isCfnResource(construct)) { return; }
    const isKnown = this.enforcer.knows(construct);
    if (!isKnown || this.enforcer.isExempt(construct)) {
      takeBack(construct);
      if (isKnown) { this.leave(construct); }
      return;
    }
    const analysis = this.analysis.at(construct);
    if (this.enforcer.plain?.isAlone(construct, analysis)) {
      this.enforced.add(construct);
      return;
    }
    const seen = analysis.resourceOf(construct);
    const outcome = this.enforce(construct, seen, analysis);
    const launches = analysis.graph.launchersOf(seen);
    this.reporter.reportDeployment(construct, seen, launches, analysis);
    this.reporter.reportFindings(construct, outcome.findings, outcome.implied);
    this.reportExemptions(launches, analysis);
  }

  private enforce(resource: CfnResource, seen: LaunchResource, analysis: TreeAnalysis): Outcome {
    const outcome = this.enforcer.enforce(resource, seen, analysis);
    noteChanges(resource, outcome.changes);
    this.enforced.add(resource);
    return outcome;
  }

  /** Leaves an exempt resource as it is. */
  private leave(resource: CfnResource): void {
    const type = LiveResource.typeOf(resource);
    const isLauncher = recordOf(type)?.launchesFrom !== undefined;
    if (!isLauncher && !isNamedByLaunchers(type)) { return; }
    const analysis = this.analysis.at(resource);
    const seen = analysis.resourceOf(resource);
    this.release(seen, analysis);
    this.reportExemption(seen, analysis);
  }

  /** Reports launchers of a resource that are exempt. They may have been visited before it, and a mixin does not visit them. */
  private reportExemptions(launches: readonly Launch[], analysis: TreeAnalysis): void {
    const reported = new Set<LaunchResource>();
    for (const { launcher } of launches) {
      if (this.enforcer.isExempt(analysis.constructOf(launcher)) && !reported.has(launcher)) {
        this.reportExemption(launcher, analysis);
        reported.add(launcher);
      }
    }
  }

  private reportExemption(launcher: LaunchResource, analysis: TreeAnalysis): void {
    this.reporter.reportExemption(launcher, analysis, source => this.enforced.has(source));
  }

  /** Enforces the launchers of an exempt launch template again. They may leave tokens to it, and stay as they were. */
  private release(template: LaunchResource, analysis: TreeAnalysis): void {
    for (const { launcher } of analysis.graph.launchersOf(template)) {
      const resource = analysis.constructOf(launcher);
      if (this.enforced.has(resource) && this.enforcer.concerns(resource)) { this.enforce(resource, launcher, analysis); }
    }
  }
}
