import type { CfnResource, Stack } from 'aws-cdk-lib';
import { canSay, isUnset, readBlocks } from '../inspect/blocks';
import type { Finding } from '../inspect/finding';
import { judge } from '../inspect/judge';
import { isLeftToSources } from '../inspect/options';
import { CONDITIONAL_SETTINGS } from '../inspect/preconditions';
import { quickVerdictOf } from '../inspect/quick-verdict';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import { LiveTree } from '../launch/live-tree';
import { mayCount } from '../launch/setting-at';
import type { LaunchResource } from '../launch/world';
import { Memo } from '../model/memo';
import type { SettingName, WantedSettings } from '../model/settings';
import type { Exemptions } from '../policy/exemptions';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { RuleId } from '../policy/rules';
import { LiveResource } from '../resources/live-resource';
import { optionsOf, plainL1Of } from '../resources/plain-l1';
import type { Carrier } from '../resources/record';
import { isNamedByLaunchers, recordOf } from '../resources/record-table';
import { StackLayers } from '../resources/stack-layers';
import type { Fills } from './change-log';
import { fillsIn, noteFills } from './change-log';
import { FillPlanner } from './fill-planner';
import { PlainEnforcement } from './plain-enforcement';
import { fillPlainly } from './plain-fill';
import type { Readiness } from './readiness';
import { ReplacementGuard } from './replacement-guard';
import { ResourceWriter } from './resource-writer';
import { settle, takeBack, writeForNow } from './taken-back';
import type { Change } from './writing-visitor';

/** The rules that enforcement itself sees to. */
const FIXED_BY_ENFORCEMENT: readonly RuleId[] = ['Imdsv2::TokensRequired', 'Imdsv2::ContainerHopLimit'];

const NONE: readonly never[] = [];

/** The changes of enforcement in a resource, and the findings after them. */
export interface Outcome {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** Findings that the others imply. They are noted, and not reported. */
  readonly implied?: readonly Finding[];
}

const UNCHANGED: Outcome = { changes: NONE, findings: NONE };

/** Writes what a policy wants into resources, in place. */
export class Enforcer {
  /** Stacks as they are seen before the tree is analysed: what their parameters may be, and how resources are written there. */
  private readonly stacks = new Memo((stack: Stack) => ({
    parameters: new LiveTree(stack.node.root).stackOf(stack).parameters,
    layers: new StackLayers(stack),
  }));
  private readonly planner: FillPlanner;
  private readonly replacementGuard: ReplacementGuard;
  /** The short way, where nothing is wanted but tokens. */
  public readonly plain: PlainEnforcement | undefined;

  /** @param readiness says what may require tokens; everything may where it is not given */
  public constructor(private readonly policy: ImdsPolicy, private readonly exemptions: Exemptions, private readonly readiness?: Readiness) {
    this.replacementGuard = new ReplacementGuard(policy.avoidsReplacement);
    this.planner = new FillPlanner(policy, exemptions, this.replacementGuard, readiness);
    const isShort = !readiness && this.planner.isForTokensAlone;
    this.plain = isShort
      ? new PlainEnforcement(l1 => this.replacementGuard.isOpen(l1.carrier), (seen, analysis) => this.mayLeaveTokensToExempt(seen, analysis))
      : undefined;
  }

  /** Whether the resource has metadata options, or should have. */
  public knows(resource: CfnResource): boolean {
    return (plainL1Of(resource) ?? recordOf(LiveResource.typeOf(resource))) !== undefined;
  }

  /** Whether the resource is exempt from required tokens. */
  public isExempt(resource: CfnResource): boolean {
    return this.exemptions.covering(resource, 'Imdsv2::TokensRequired') !== undefined;
  }

  /** Whether the resource has metadata options, or should have, and is not exempt. */
  public concerns(resource: CfnResource): boolean {
    return this.knows(resource) && !this.isExempt(resource);
  }

  /** Whether enforcement would certainly change nothing in a resource: only tokens are wanted, and it requires them. */
  public isPlainlyDone(resource: CfnResource, analysis: TreeAnalysis): boolean {
    if (!this.planner.isForTokensAlone) { return false; }
    const plain = plainL1Of(resource);
    if (plain && optionsOf(resource, plain) === 'tokens alone') {
      return !isNamedByLaunchers(plain.record.type) || !analysis.isContainerHost(resource);
    }
    const seen = analysis.resourceOf(resource);
    return quickVerdictOf(seen, analysis, this.policy, isNamedByLaunchers(seen.type)) === 'compliant';
  }

  /** The changes that are still necessary to require tokens in a resource. */
  public pendingTokens(resource: CfnResource, analysis: TreeAnalysis): readonly Change[] {
    return this.pending(resource, this.policy.tokensOnly, analysis);
  }

  /** The changes that are still necessary in a resource. */
  public pendingChanges(resource: CfnResource, analysis: TreeAnalysis): readonly Change[] {
    return this.pending(resource, this.planner.on(analysis.resourceOf(resource), analysis).wanted, analysis);
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
    if (this.writtenCarriers(seen, analysis).length === 0 || this.isLeft(analysis.constructOf(seen), seen, analysis)) { return false; }
    const isFromUser = fills.hopLimit === undefined && !isUnset(seen, 'hopLimit');
    return !isFromUser && analysis.graph.launchersOf(seen).length > 0;
  }

  /** Requires tokens in a resource that is not exempt, and nothing else. It writes nothing if the launchers decide, because they may not be known yet. */
  public requireTokens(resource: CfnResource): readonly Change[] {
    if (this.readiness) { return NONE; }
    const plain = plainL1Of(resource);
    const record = plain ? plain.record : recordOf(LiveResource.typeOf(resource));
    const carriers = record ? this.replacementGuard.openPlaces(record) : NONE;
    if (carriers.length === 0 || this.isExempt(resource)) { return NONE; }
    const filled = plain && fillPlainly(resource, plain);
    if (filled) { return filled; }
    const { parameters, layers } = this.stacks.of(resource.stack);
    const writer = new ResourceWriter(resource, parameters, layers);
    return writeForNow(writer.live, carriers, 'early', carrier => writer.writeProperties(carrier, this.policy.tokensOnly));
  }

  /** Requires tokens in the resource, and fills what the policy wants, the user left unset and nothing speaks against; or leaves it, if it is not ready. */
  public enforce(resource: CfnResource, seen: LaunchResource, analysis: TreeAnalysis): Outcome {
    if (this.plain?.isDone(resource, seen, analysis)) { return UNCHANGED; }
    // An earlier visit of another construct may have written into it since it was read.
    if (this.mayLeaveTokensToExempt(seen, analysis)) { takeBack(resource); } else { settle(resource); }
    analysis.forget(seen);
    if (!this.readiness) { return this.write(resource, seen, analysis); }
    const isLeft = this.isLeft(resource, seen, analysis);
    const outcome = isLeft ? this.leave(seen, analysis) : this.write(resource, seen, analysis);
    return { ...outcome, findings: [...outcome.findings, ...this.readiness.findingsOn(seen, analysis, isLeft)] };
  }

  private write(resource: CfnResource, seen: LaunchResource, analysis: TreeAnalysis): Outcome {
    const plan = this.planner.on(seen, analysis);
    const isDone = plan === this.planner.tokensAlone && quickVerdictOf(seen, analysis, this.policy) === 'compliant';
    if (isDone) { return { changes: [], findings: judge(seen, analysis, this.policy, 'compliant') }; }
    const { wanted, refused } = plan;
    const carriers = this.writtenCarriers(seen, analysis);
    const fills = carriers.length > 0 ? fillsOf(wanted, seen) : {};
    const writer = new ResourceWriter(resource, seen.stack.parameters);
    const write = (carrier: Carrier) => writer.write(carrier, wanted);
    const hasSources = analysis.graph.sourcesOf(seen).length > 0;
    const changes = hasSources ? writeForNow(writer.live, carriers, 'late', write) : carriers.flatMap(write);
    if (changes.length > 0) { analysis.forget(seen); }
    noteFills(resource, fills);
    return { changes, findings: [...this.withReasons(judge(seen, analysis, this.policy), seen, analysis), ...refused] };
  }

  /** Whether a resource stays as it is: it does not require tokens, and is not ready to. */
  private isLeft(resource: CfnResource, seen: LaunchResource, analysis: TreeAnalysis): boolean {
    return this.readiness !== undefined && !this.readiness.allows(seen, analysis)
      && this.pendingIn(this.writtenCarriers(seen, analysis), resource, this.policy.tokensOnly, seen).length > 0;
  }

  /** The findings on a resource that stays as it is. Those that enforcement will fix later are implied by the usage of IMDSv1. */
  private leave(seen: LaunchResource, analysis: TreeAnalysis): Outcome {
    const findings = judge(seen, analysis, this.policy);
    const implied = findings.filter(({ rule }) => FIXED_BY_ENFORCEMENT.includes(rule));
    return { changes: [], findings: findings.filter(finding => !implied.includes(finding)), implied };
  }

  /** The places of a resource that enforcement writes, unless it is left. */
  private writtenCarriers(seen: LaunchResource, analysis: TreeAnalysis): readonly Carrier[] {
    const { carriers = [] } = recordOf(seen.type) ?? {};
    if (this.leavesTokensToExempt(seen, analysis)) { return NONE; }
    return carriers.filter(carrier => mayCount(carrier, seen) && this.replacementGuard.against(carrier, seen, analysis).length === 0);
  }

  /** Whether a resource launches from something that is exempted, in some branch of a condition at least. */
  private mayLeaveTokensToExempt(seen: LaunchResource, analysis: TreeAnalysis): boolean {
    const launches = analysis.graph.launchesOf(seen);
    for (let index = 0; index < launches.length; index++) {
      const { source } = launches[index];
      if (source.kind === 'resource' && this.isExempt(analysis.constructOf(source.resource))) { return true; }
    }
    return false;
  }

  /** Whether a resource leaves tokens to something that is exempted, so that it is left, too: a check finds nothing to mend in it. */
  private leavesTokensToExempt(seen: LaunchResource, analysis: TreeAnalysis): boolean {
    if (!this.mayLeaveTokensToExempt(seen, analysis)) { return false; }
    return seen.reading.of(readBlocks).every(block => !block.settings || isLeftToSources(block, { resource: seen, analysis }));
  }

  /** Findings on tokens with the reason why enforcement did not require them. */
  private withReasons(findings: readonly Finding[], seen: LaunchResource, analysis: TreeAnalysis): readonly Finding[] {
    if (!findings.some(({ rule }) => rule === 'Imdsv2::TokensRequired')) { return findings; }
    const because = this.replacementGuard.on(seen, analysis);
    return because.length === 0 ? findings : findings.map(finding => finding.rule === 'Imdsv2::TokensRequired'
      ? { ...finding, because: [...finding.because ?? [], ...because] }
      : finding);
  }

  private pending(resource: CfnResource, wanted: WantedSettings, analysis: TreeAnalysis): readonly Change[] {
    const seen = analysis.resourceOf(resource);
    return this.isLeft(resource, seen, analysis) ? [] : this.pendingIn(this.writtenCarriers(seen, analysis), resource, wanted, seen);
  }

  private pendingIn(carriers: readonly Carrier[], resource: CfnResource, wanted: WantedSettings, seen: LaunchResource): readonly Change[] {
    const writer = new ResourceWriter(resource, seen.stack.parameters);
    return carriers.flatMap(carrier => writer.pending(carrier, wanted));
  }
}

/** The settings to fill in, because they are unset. */
function fillsOf({ tokens, ...others }: WantedSettings, resource: LaunchResource): Fills {
  return Object.fromEntries(Object.entries(others).filter(([name, value]) =>
    value !== undefined && canSay(resource, name as SettingName) && isUnset(resource, name as SettingName)));
}
