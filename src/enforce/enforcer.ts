import type { CfnResource } from 'aws-cdk-lib';
import { canSay, isUnset } from '../inspect/blocks';
import type { Finding } from '../inspect/finding';
import { judge } from '../inspect/judge';
import { isPlainlyFine } from '../inspect/plainly-fine';
import { CONDITIONAL_SETTINGS } from '../inspect/preconditions';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import { mayCount } from '../launch/setting-at';
import type { LaunchResource } from '../launch/world';
import { isSameJson } from '../model/same-json';
import type { SettingName, WantedSettings } from '../model/settings';
import type { Exemptions } from '../policy/exemptions';
import type { ImdsPolicy } from '../policy/imds-policy';
import { RENDERED } from '../resources/layer';
import type { WrittenPlace } from '../resources/live-resource';
import { LiveResource } from '../resources/live-resource';
import type { BlockVisitor } from '../resources/paths';
import { rewriteAt } from '../resources/paths';
import type { Carrier } from '../resources/record';
import { isNamedByLaunchers, recordOf } from '../resources/record-table';
import { StackParameters } from '../resources/stack-parameters';
import type { Fills } from './change-log';
import { fillsIn, noteFills } from './change-log';
import { FillPlanner } from './fill-planner';
import { overlay } from './overlay';
import { Restraint } from './restraint';
import type { Change } from './writing-visitor';
import { WritingVisitor } from './writing-visitor';

/** What enforcement did to a resource, and what is wrong with it after that. */
export interface Outcome {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}

/** What is rendered, and what should be. */
interface Rendering {
  readonly rendered: unknown;
  readonly desired: unknown;
}

/** Writes what a policy wants into resources, in place. */
export class Enforcer {
  private readonly parameters = new StackParameters();
  private readonly planner: FillPlanner;
  private readonly restraint: Restraint;

  public constructor(private readonly policy: ImdsPolicy, private readonly exemptions: Exemptions) {
    this.restraint = new Restraint(policy.avoidsReplacement);
    this.planner = new FillPlanner(policy, exemptions, this.restraint);
  }

  /** Whether the resource has metadata options, or should have, and is not exempted. */
  public concerns(resource: CfnResource): boolean {
    return recordOf(LiveResource.typeOf(resource)) !== undefined && !this.exemptions.covering(resource, 'Imdsv2::TokensRequired');
  }

  /** Whether a resource certainly is as enforcement would leave it, whatever was done to it since: nothing is wanted but tokens, and it requires them. */
  public isPlainlyDone(resource: CfnResource, analysis: TreeAnalysis): boolean {
    const isKnown = recordOf(LiveResource.typeOf(resource)) !== undefined;
    return isKnown && this.planner.isForTokensAlone && isPlainlyFine(analysis.resourceOf(resource), analysis, this.policy);
  }

  /** What would be changed to require tokens in the resource as it stands. */
  public pendingTokens(resource: CfnResource, analysis: TreeAnalysis): readonly Change[] {
    return this.pending(resource, this.policy.tokensOnly, analysis);
  }

  /** What would be changed in the resource as it stands. */
  public pendingChanges(resource: CfnResource, analysis: TreeAnalysis): readonly Change[] {
    return this.pending(resource, this.planner.on(resource, analysis).wanted, analysis);
  }

  /** Whether the resource is used otherwise than when it was enforced: for containers that it was not used for, or by what its settings break. */
  public isOutdated(resource: CfnResource, analysis: TreeAnalysis): boolean {
    const fills = fillsIn(resource);
    if (isNamedByLaunchers(LiveResource.typeOf(resource)) && this.needsMoreHops(analysis.resourceOf(resource), fills, analysis)) { return true; }
    return CONDITIONAL_SETTINGS.some(({ name, value, failsLaunch, against }) => failsLaunch && fills[name as keyof Fills] === value
      && against(analysis.preconditions, analysis.resourceOf(resource)).some(({ isCertain }) => isCertain));
  }

  /** Whether the hop limit that was filled in, or left to EC2, is too low for what launches from the resource. */
  private needsMoreHops(seen: LaunchResource, fills: Fills, analysis: TreeAnalysis): boolean {
    if (!canSay(seen, 'hopLimit') || (this.planner.hopLimitOf(seen, analysis) ?? 0) <= (fills.hopLimit ?? 0)) { return false; }
    if (this.writtenRows(seen, analysis).length === 0) { return false; }
    const isFromUser = fills.hopLimit === undefined && !isUnset(seen, 'hopLimit');
    return !isFromUser && analysis.graph.launchersOf(seen).length > 0;
  }

  /** Requires tokens in the resource, and nothing else: who launches from it may not be known yet. */
  public requireTokens(resource: CfnResource): readonly Change[] {
    const { carriers = [] } = recordOf(LiveResource.typeOf(resource)) ?? {};
    const live = new LiveResource(resource);
    return carriers.filter(row => this.restraint.isOpen(row)).flatMap(row => this.enforceRow(row, live, this.policy.tokensOnly));
  }

  /** Requires tokens in the resource, and fills what the policy wants, the user left unset and nothing speaks against. */
  public enforce(resource: CfnResource, analysis: TreeAnalysis): Outcome {
    const seen = analysis.resourceOf(resource);
    // Whoever came by before may have written into it since it was read for what launches from it.
    analysis.forget(resource);
    const plan = this.planner.on(resource, analysis);
    const isDone = plan === this.planner.tokensAlone && isPlainlyFine(seen, analysis, this.policy);
    if (isDone) { return { changes: [], findings: judge(seen, analysis, this.policy, true) }; }
    const live = new LiveResource(resource);
    const { wanted, refused } = plan;
    const rows = this.writtenRows(seen, analysis);
    const fills = rows.length > 0 ? fillsOf(wanted, seen) : {};
    const changes = rows.flatMap(row => this.enforceRow(row, live, wanted));
    if (changes.length > 0) { analysis.forget(resource); }
    noteFills(resource, fills);
    return { changes, findings: [...this.withReasons(judge(seen, analysis, this.policy), seen, analysis), ...refused] };
  }

  /** The places of a resource that enforcement writes. */
  private writtenRows(seen: LaunchResource, analysis: TreeAnalysis): readonly Carrier[] {
    return (recordOf(seen.type)?.carriers ?? []).filter(row => mayCount(row, seen) && this.restraint.against(row, seen, analysis).length === 0);
  }

  /** Findings on tokens with the reason why enforcement did not require them. */
  private withReasons(findings: readonly Finding[], seen: LaunchResource, analysis: TreeAnalysis): readonly Finding[] {
    if (!findings.some(({ rule }) => rule === 'Imdsv2::TokensRequired')) { return findings; }
    const because = this.restraint.on(seen, analysis);
    return because.length === 0 ? findings : findings.map(finding => finding.rule === 'Imdsv2::TokensRequired' ? { ...finding, because } : finding);
  }

  private pending(resource: CfnResource, wanted: WantedSettings, analysis: TreeAnalysis): readonly Change[] {
    const live = new LiveResource(resource);
    return this.writtenRows(analysis.resourceOf(resource), analysis).flatMap(row => {
      if (this.leavesAsItIs(row, live, wanted)) { return []; }
      const visitor = this.visitorFor(row, live, wanted);
      this.readWith(visitor, row, live);
      return visitor.changes;
    });
  }

  /** A quick look: whether the property needs no change, whatever there is to note about it. */
  private leavesAsItIs(row: Carrier, live: LiveResource, wanted: WantedSettings): boolean {
    const written = live.writtenAsRendered(row.path);
    if (!written) { return false; }
    const visitor = this.visitorFor(row, live, wanted);
    visitor.close();
    return rewritten(written, visitor) === written.value;
  }

  private enforceRow(row: Carrier, live: LiveResource, wanted: WantedSettings): readonly Change[] {
    const written = live.writtenAsRendered(row.path);
    if (!written) { return this.enforceShadowed(row, live, wanted); }
    const visitor = this.visitorFor(row, live, wanted);
    this.writeProperty(row, live, written, visitor);
    visitor.close();
    return visitor.changes;
  }

  /** What is rendered differs from what the user's properties say: both are written, and the rendering tells what has changed. */
  private enforceShadowed(row: Carrier, live: LiveResource, wanted: WantedSettings): readonly Change[] {
    const before = this.visitorFor(row, live, wanted);
    const rendered = live.rendered();
    const desired = rendered === undefined ? undefined : rewriteAt(rendered, row.path, RENDERED, before);
    const effective = live.isReplaced(row.path[0]) ? rendered : this.writeUnderOverrides(row, live, wanted, { rendered, desired });
    this.writeOverrides(row, live, effective, wanted);
    return before.changes;
  }

  /** Writes the property, unless the overrides make something else of it then than is wanted; returns what is rendered after that. */
  private writeUnderOverrides(row: Carrier, live: LiveResource, wanted: WantedSettings, { rendered, desired }: Rendering): unknown {
    const written = live.written(row.path);
    if (!this.writeProperty(row, live, written, this.visitorFor(row, live, wanted))) { return rendered; }
    const effective = live.rendered();
    const asWanted = effective === undefined ? undefined : rewriteAt(effective, row.path, RENDERED, this.visitorFor(row, live, wanted));
    if (isSameJson(asWanted, desired)) { return effective; }
    live.write(row.path, written.value);
    return rendered;
  }

  /** Shows a visitor what will be rendered, and writes nothing. */
  private readWith(visitor: BlockVisitor, row: Carrier, live: LiveResource): void {
    const written = live.writtenAsRendered(row.path);
    if (written) {
      rewritten(written, visitor);
      return;
    }
    const rendered = live.rendered();
    if (rendered !== undefined) { rewriteAt(rendered, row.path, RENDERED, visitor); }
  }

  /** Writes where the user wrote, so that whoever reads typed properties sees it; returns whether there was anything to write. */
  private writeProperty(row: Carrier, live: LiveResource, written: WrittenPlace, visitor: BlockVisitor): boolean {
    const required = rewritten(written, visitor);
    if (required === written.value) { return false; }
    live.write(row.path, required);
    return true;
  }

  /** Writes what did not arrive into the raw overrides. */
  private writeOverrides(row: Carrier, live: LiveResource, effective: unknown, wanted: WantedSettings): void {
    if (effective === undefined) { return; }
    const visitor = this.visitorFor(row, live, wanted);
    const desired = rewriteAt(effective, row.path, RENDERED, visitor);
    const { isThere, value } = live.propertyOverrides;
    const base = desired === effective ? undefined : live.renderedWithoutOverrides();
    const visitors = { replacing: visitor, merged: this.visitorFor(row, live, this.policy.tokensOnly) };
    const override = overlay({ isThere, override: value, effective, desired, base }, row.path, live.overrideLayer, visitors);
    if (override !== value) { live.setPropertyOverrides(override); }
  }

  private visitorFor(row: Carrier, live: LiveResource, wanted: WantedSettings): WritingVisitor {
    return new WritingVisitor(row, wanted, this.parameters.of(live.stack));
  }
}

/** What the user wrote, with the blocks in it as a visitor wants them. */
function rewritten({ value, path, where, layer }: WrittenPlace, visitor: BlockVisitor): unknown {
  return rewriteAt(value, path, layer, visitor, where);
}

/** What will be filled in, since nothing is said of it. */
function fillsOf({ tokens, ...others }: WantedSettings, resource: LaunchResource): Fills {
  return Object.fromEntries(Object.entries(others).filter(([name, value]) =>
    value !== undefined && canSay(resource, name as SettingName) && isUnset(resource, name as SettingName)));
}
