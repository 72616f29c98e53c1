import type { Finding } from '../inspect/finding';
import type { ResourceUsage } from '../inspect/resource-usage';
import { ResourceUsages } from '../inspect/resource-usage';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import { refusedFindings, stillUsedFindings, tooEarlyFindings } from '../inspect/usage-findings';
import type { LaunchResource } from '../launch/world';
import type { ImdsUsage } from '../usage/imds-usage';

/** Whether resources are ready for required tokens, by usage records. A resource that uses IMDSv1, or may, is not ready. */
export class Readiness {
  private current: { readonly analysis: TreeAnalysis; readonly usages: ResourceUsages } | undefined;

  public constructor(private readonly usage: ImdsUsage) {}

  /** Whether a resource may require tokens. */
  public allows(resource: LaunchResource, analysis: TreeAnalysis): boolean {
    return this.of(resource, analysis).mayRequire;
  }

  /** The findings on a resource with options, depending on whether it stays as it is. */
  public findingsOn(resource: LaunchResource, analysis: TreeAnalysis, isLeft: boolean): readonly Finding[] {
    if (!resource.record || resource.record.carriers.length === 0) { return []; }
    const usage = this.of(resource, analysis);
    return [...isLeft ? stillUsedFindings(resource, usage) : tooEarlyFindings(resource, usage), ...refusedFindings(resource, usage)];
  }

  private of(resource: LaunchResource, analysis: TreeAnalysis): ResourceUsage {
    if (this.current?.analysis !== analysis) {
      this.current = { analysis, usages: new ResourceUsages(analysis.graph, this.usage._index) };
    }
    return this.current.usages.of(resource);
  }
}
