import type { CfnResource } from 'aws-cdk-lib';
import { hasOnlyScriptChecks } from '../inspect/judge';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import type { OwnTexts } from '../launch/plain-texts';
import type { LaunchResource } from '../launch/world';
import type { PlainL1 } from '../resources/plain-l1';
import { optionsOf, plainL1Of } from '../resources/plain-l1';
import { settle } from './taken-back';

/**
 * The fast case of the last pass, for most resources: they require tokens already, and need nothing else.
 *
 * It calls few functions: V8 compiles each function that is called for thousands of resources, and this takes longer than the functions themselves.
 */
export class PlainEnforcement {
  private readonly hasOnlyScriptChecks = hasOnlyScriptChecks();

  /**
   * @param isOpen whether enforcement writes the options of a class, whatever launches from its resources
   * @param isFromExempt whether a resource launches from something that is exempt from required tokens
   */
  public constructor(
    private readonly isOpen: (l1: PlainL1) => boolean,
    private readonly isFromExempt: (seen: LaunchResource, analysis: TreeAnalysis) => boolean,
  ) {}

  /** Whether a resource certainly needs nothing, and does not affect others: it launches from nothing, and nothing launches from it. */
  public isAlone(resource: CfnResource, analysis: TreeAnalysis): boolean {
    const l1 = plainL1Of(resource);
    if (!l1 || l1.carrier.update === 'replacement' || !analysis.isAlone(resource, l1) || !this.silentTexts(resource, l1, analysis)) { return false; }
    settle(resource);
    return true;
  }

  /** Whether a resource certainly needs nothing. It reads the resource and those that it is connected with. */
  public isDone(resource: CfnResource, seen: LaunchResource, analysis: TreeAnalysis): boolean {
    const l1 = plainL1Of(resource);
    if (!l1 || this.isFromExempt(seen, analysis)) { return false; }
    const texts = this.silentTexts(resource, l1, analysis);
    if (!texts) { return false; }
    analysis.forget(seen);
    if (!analysis.hosts.hasNoSignsAround(seen, l1.record.hasOwnOptions && texts === 'user data and image')) { return false; }
    settle(resource);
    return true;
  }

  /** The texts of a resource that requires tokens and sets nothing else, if they show no containers. */
  private silentTexts(resource: CfnResource, l1: PlainL1, analysis: TreeAnalysis): OwnTexts | undefined {
    return this.hasOnlyScriptChecks && this.isOpen(l1) && optionsOf(resource, l1) === 'tokens alone' ? analysis.texts.silent(resource, l1) : undefined;
  }
}
