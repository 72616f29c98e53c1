import { isUnset, ownSetting } from '../inspect/blocks';
import type { Finding } from '../inspect/finding';
import { CONDITIONAL_SETTINGS } from '../inspect/preconditions';
import type { TreeAnalysis } from '../inspect/tree-analysis';
import type { Launch } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import { Memo } from '../model/memo';
import type { SettingName, WantedSettings } from '../model/settings';
import type { Exemptions } from '../policy/exemptions';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Field } from '../resources/fields';
import type { Carrier, ResourceRecord } from '../resources/record';
import type { Fills } from './change-log';
import { fillsIn } from './change-log';
import type { Readiness } from './readiness';
import type { ReplacementGuard } from './replacement-guard';
import { isTemplateForTokens } from './template-for-tokens';

/** The settings to write into a resource, and findings on settings of the policy that cannot be written there. */
export interface FillPlan {
  readonly wanted: WantedSettings;
  readonly refused: readonly Finding[];
}

/** Decides which settings of a policy enforcement writes into a resource. Container hosts get their own hop limit. Settings that break a launch are refused. */
export class FillPlanner {
  /** The plan for tokens alone. */
  public readonly tokensAlone: FillPlan;
  private readonly areHopLimitsAllElse: boolean;
  private readonly ownPlaces = new Memo(ownPlacesOf);

  public constructor(
    private readonly policy: ImdsPolicy, private readonly exemptions: Exemptions, private readonly replacementGuard: ReplacementGuard,
    private readonly readiness?: Readiness,
  ) {
    const { endpoint, ipv6, tags } = policy.wanted;
    this.areHopLimitsAllElse = [endpoint, ipv6, tags].every(value => value === undefined);
    this.tokensAlone = { wanted: policy.tokensOnly, refused: [] };
  }

  /** Whether a resource without containers only gets required tokens. */
  public get isForTokensAlone(): boolean {
    return this.areHopLimitsAllElse && this.policy.hopLimits.withoutContainers.fill === undefined;
  }

  /** The plan for a resource. */
  public on(resource: LaunchResource, analysis: TreeAnalysis): FillPlan {
    const { record } = resource;
    if (!record || isTemplateForTokens(resource, analysis)) { return this.tokensAlone; }
    const { carriers, hopLimitField } = this.ownPlaces.of(record);
    if (carriers.length === 0) { return this.tokensAlone; }
    const hopLimit = hopLimitField && (this.hopLimitOnHost(resource, analysis) ?? hopLimitField.mandatory as number | undefined);
    if (hopLimit === undefined && this.areHopLimitsAllElse) { return this.tokensAlone; }
    const wanted = this.withoutSettingsOfTemplates({ ...this.policy.wanted, hopLimit }, resource, analysis);
    const refused = this.refused(wanted, resource, carriers, analysis);
    const without = Object.fromEntries(refused.map(({ name }) => [name, undefined]));
    return { wanted: { ...wanted, ...without }, refused: refused.map(({ finding }) => finding) };
  }

  /** The hop limit that enforcement writes into a resource; `undefined` if it writes none. */
  public hopLimitOf(resource: LaunchResource, analysis: TreeAnalysis): number | undefined {
    return isTemplateForTokens(resource, analysis) ? undefined : this.hopLimitOnHost(resource, analysis);
  }

  private hopLimitOnHost(resource: LaunchResource, analysis: TreeAnalysis): number | undefined {
    return this.policy.hopLimits.of(analysis.hosts.verdictOn(resource)).fill;
  }

  /** The wanted settings, without those that the launch template of the resource decides. */
  private withoutSettingsOfTemplates(wanted: WantedSettings, resource: LaunchResource, analysis: TreeAnalysis): WantedSettings {
    const launches = analysis.graph.launchesOf(resource);
    if (launches.length === 0) { return wanted; }
    const settled = Object.entries(wanted).filter(([name, value]) => name !== 'tokens' && value !== undefined
      && launches.some(launch => this.isDecidedBy(launch, name as SettingName, value, analysis)));
    return { ...wanted, ...Object.fromEntries(settled.map(([name]) => [name, undefined])) };
  }

  /**
   * Whether a launch template decides a setting of its instance: the user set it in the template, or enforcement writes it there and the new version
   * replaces the instance. An instance that is not replaced keeps its settings, except tokens. So it needs the setting itself.
   */
  private isDecidedBy({ source, versions }: Launch, name: SettingName, value: unknown, analysis: TreeAnalysis): boolean {
    if (source.kind !== 'resource') { return false; }
    const template = analysis.constructOf(source.resource);
    if (fillsIn(template)[name as keyof Fills] === undefined && !isUnset(source.resource, name)) { return true; }
    if (this.replacementGuard.on(source.resource, analysis).length > 0) { return false; }
    if (this.readiness?.allows(source.resource, analysis) === false) { return false; }
    const isWritten = !isTemplateForTokens(source.resource, analysis) && (name !== 'hopLimit' || this.hopLimitOf(source.resource, analysis) === value);
    return isWritten && versions.every(({ kind }) => kind === 'latest number') && !this.exemptions.covering(template, 'Imdsv2::TokensRequired');
  }

  /** The wanted settings that cannot be written, each with a finding that says why. */
  private refused(
    wanted: WantedSettings, resource: LaunchResource, carriers: readonly Carrier[], analysis: TreeAnalysis,
  ): { readonly name: SettingName; readonly finding: Finding }[] {
    const conditional = CONDITIONAL_SETTINGS.filter(({ name, value }) => wanted[name] === value);
    return conditional.flatMap(({ name, value, rule, failsLaunch, against }) => {
      const carrier = carriers.find(({ dialect }) => dialect.fields[name]);
      if (!carrier || !mayBeUnset(resource, name)) { return []; }
      if (!failsLaunch && this.exemptions.covering(analysis.constructOf(resource), rule)) { return []; }
      const because = against(analysis.preconditions, resource).map(({ cause }) => cause);
      const field = carrier.dialect.fields[name]!;
      const want = { kind: 'filled' as const, value: field.spell(value) };
      return because.length > 0 ? [{ name, finding: { rule, resource: resource.path, path: `${carrier.block}.${field.key}`, want, because } }] : [];
    });
  }
}

/** The places of a type for options of the resource itself, without launch overrides, and their field for a hop limit, if they have one. */
function ownPlacesOf(record: ResourceRecord): { readonly carriers: readonly Carrier[]; readonly hopLimitField: Field | undefined } {
  const carriers = record.carriers.filter(({ inherits }) => !inherits);
  return { carriers, hopLimitField: carriers.find(({ dialect }) => dialect.fields.hopLimit)?.dialect.fields.hopLimit };
}

function mayBeUnset(resource: LaunchResource, name: SettingName): boolean {
  return ownSetting(resource, name).some(({ kind }) => kind === 'unset');
}
