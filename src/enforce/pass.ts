import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CurrentAnalysis } from '../inspect/tree-analysis';
import type { Exemptions } from '../policy/exemptions';
import { noteChanges } from './change-log';
import type { Enforcer } from './enforcer';
import { Reporter } from './reporter';
import { takeBack } from './taken-back';
import type { Caller } from './warnings';

/** A way over a tree, or to a single construct: enforces every resource, and reports. */
export class Pass {
  private readonly analysis = new CurrentAnalysis();
  private readonly reporter: Reporter;

  public constructor(private readonly enforcer: Enforcer, exemptions: Exemptions, caller: Caller) {
    this.reporter = new Reporter(exemptions, caller);
  }

  /** Enforces what the construct is, if it is a resource that has to do with instance metadata. */
  public visit(construct: IConstruct): void {
    this.reporter.reportEndedExemptions(construct);
    if (!CfnResource.isCfnResource(construct)) { return; }
    if (!this.enforcer.concerns(construct)) {
      takeBack(construct);
      return;
    }
    const analysis = this.analysis.at(construct);
    const seen = analysis.resourceOf(construct);
    const outcome = this.enforcer.enforce(construct, seen, analysis);
    noteChanges(construct, outcome.changes);
    this.reporter.reportDeployment(construct, seen, analysis);
    this.reporter.reportFindings(construct, outcome.findings, outcome.implied);
  }
}
