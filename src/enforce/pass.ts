import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import { CurrentAnalysis } from '../inspect/tree-analysis';
import type { LaunchResource } from '../launch/world';
import type { Exemptions } from '../policy/exemptions';
import { LiveResource } from '../resources/live-resource';
import { isNamedByLaunchers } from '../resources/record-table';
import { noteChanges } from './change-log';
import type { Enforcer, Outcome } from './enforcer';
import { Reporter } from './reporter';
import { takeBack } from './taken-back';
import type { Caller } from './warnings';

/** A way over a tree, or to a single construct: enforces every resource, and reports. */
export class Pass {
  private readonly analysis = new CurrentAnalysis();
  private readonly reporter: Reporter;
  /** What was enforced: a launch template may be exempted after the instances that launch from it came by. */
  private readonly enforced = new WeakSet<CfnResource>();

  public constructor(private readonly enforcer: Enforcer, exemptions: Exemptions, caller: Caller) {
    this.reporter = new Reporter(exemptions, caller);
  }

  /** Enforces what the construct is, if it is a resource that has to do with instance metadata. */
  public visit(construct: IConstruct): void {
    this.reporter.reportEndedExemptions(construct);
    if (!CfnResource.isCfnResource(construct)) { return; }
    if (!this.enforcer.concerns(construct)) {
      takeBack(construct);
      this.release(construct);
      return;
    }
    const analysis = this.analysis.at(construct);
    const seen = analysis.resourceOf(construct);
    const outcome = this.enforce(construct, seen, analysis);
    this.reporter.reportDeployment(construct, seen, analysis);
    this.reporter.reportFindings(construct, outcome.findings, outcome.implied);
  }

  private enforce(resource: CfnResource, seen: LaunchResource, analysis: TreeAnalysis): Outcome {
    const outcome = this.enforcer.enforce(resource, seen, analysis);
    noteChanges(resource, outcome.changes);
    this.enforced.add(resource);
    return outcome;
  }

  /** Enforces once more what launches from an exempt launch template: it may leave tokens to that, and so stay as it was. */
  private release(template: CfnResource): void {
    if (!isNamedByLaunchers(LiveResource.typeOf(template))) { return; }
    const analysis = this.analysis.at(template);
    for (const { launcher } of analysis.graph.launchersOf(analysis.resourceOf(template))) {
      const resource = analysis.constructOf(launcher);
      if (this.enforced.has(resource) && this.enforcer.concerns(resource)) { this.enforce(resource, launcher, analysis); }
    }
  }
}
