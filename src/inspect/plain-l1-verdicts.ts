import { CfnResource } from 'aws-cdk-lib';
import { LATEST, LATEST_NUMBER } from '../launch/versions';
import type { JsonObject } from '../model/intrinsics';
import { ownValue } from '../model/intrinsics';
import type { PlainL1, PlainSource } from '../resources/plain-l1';
import { isPropertyObject, launchesFromNothing, optionsOf, plainL1Of } from '../resources/plain-l1';
import type { Finding } from './finding';
import { hasOnlyScriptChecks } from './judge';
import { tokensNotRequired } from './options';
import type { TreeAnalysis } from './tree-analysis';

const NONE: readonly Finding[] = [];

/**
 * Gives the verdicts of `judge()` on plain L1s of a synthesized tree, by reading a few properties. It is to a tree what `PlainVerdicts` is to templates.
 *
 * An L1 is plain here if it requires tokens and sets no other option, or sets no option at all; if it launches from nothing, or from a launch template
 * of the same stack, in the way of CDK; and if neither containers nor scripts matter.
 */
export class PlainL1Verdicts {
  private readonly isAnswered = hasOnlyScriptChecks();
  /** The findings on an L1 without options that launches from nothing. */
  private readonly silence = new Map<PlainL1, readonly Finding[]>();

  /** @param analysis that of a tree which CDK has rendered: the judge finds nothing on what CDK cannot render */
  public constructor(private readonly analysis: TreeAnalysis) {}

  /** The findings on a resource, without its path; `undefined` if it is not plain. */
  public on(resource: CfnResource): readonly Finding[] | undefined {
    try {
      const l1 = plainL1Of(resource);
      const isPlain = l1 && this.isAnswered && this.analysis.hosts.noResourceIndicatesContainers
        && this.analysis.texts.silent(resource, l1) !== undefined;
      if (!isPlain) { return undefined; }
      switch (optionsOf(resource, l1)) {
        case 'tokens alone': return NONE;
        case 'nothing': return launchesFromNothing(resource, l1) ? this.ofSilence(l1) : this.ofFollower(resource, l1);
        default: return undefined;
      }
    } catch {
      return undefined; // judge() reports it
    }
  }

  private ofSilence(l1: PlainL1): readonly Finding[] {
    let findings = this.silence.get(l1);
    if (!findings) {
      findings = [tokensNotRequired(l1.carrier)];
      this.silence.set(l1, findings);
    }
    return findings;
  }

  private ofFollower(resource: CfnResource, { source }: PlainL1): readonly Finding[] | undefined {
    return source && this.followsTemplate(resource, source) ? NONE : undefined;
  }

  /** Whether a resource names a launch template of its stack by its id, and its latest version. */
  private followsTemplate(resource: CfnResource, { property, keys, target: type }: PlainSource): boolean {
    const specification = (resource as unknown as JsonObject)[property];
    if (!keys || !isPropertyObject(specification) || (keys.name !== undefined && ownValue(specification, keys.name) !== undefined)) { return false; }
    const id = this.analysis.referenceIn(ownValue(specification, keys.id));
    if (id?.displayName !== 'Ref' || !CfnResource.isCfnResource(id.target) || id.target.stack !== resource.stack) { return false; }
    if (plainL1Of(id.target)?.record.type !== type) { return false; }
    const version = ownValue(specification, keys.version);
    if (version === LATEST) { return true; }
    const number = this.analysis.referenceIn(version);
    return number?.target === id.target && number.displayName === LATEST_NUMBER;
  }
}
