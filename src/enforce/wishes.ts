import type { CfnResource } from 'aws-cdk-lib';
import { ownSetting } from '../inspect/blocks';
import type { Obstacle } from '../inspect/preconditions';
import type { Scene } from '../inspect/scene';
import type { LaunchResource } from '../launch/world';
import type { SettingName, WantedSettings } from '../model/settings';
import type { Exemptions } from '../policy/exemptions';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Finding, RequirementId } from '../policy/requirements';
import { resourceTypeOf } from '../resources/resource-types';
import type { CarrierRow } from '../resources/rows';
import { hasFilledHopLimit, noteFilledHopLimit } from './change-log';

/** What should be written into a resource, and what the policy wants and cannot have there. */
export interface Wish {
  readonly wanted: WantedSettings;
  readonly refused: readonly Finding[];
}

/** Turns a policy into what is wanted of one resource: container hosts get a hop limit of their own, and nothing is wanted that breaks a launch. */
export class Wishes {
  public constructor(private readonly policy: ImdsPolicy, private readonly exemptions: Exemptions) {}

  /** What is wanted of a resource. */
  public on(resource: CfnResource, scene: Scene): Wish {
    const seen = scene.resourceOf(resource);
    const rows = resourceTypeOf(seen.type)?.carriers.filter(({ inherits }) => !inherits) ?? [];
    if (rows.length === 0) { return { wanted: this.policy.tokensOnly, refused: [] }; }
    const hopLimit = rows.some(({ dialect }) => dialect.fields.hopLimit) ? this.hopLimitOf(seen, scene) : undefined;
    if (followsTemplate(seen, rows)) { return { wanted: { ...this.policy.tokensOnly, hopLimit }, refused: [] }; }
    const wanted = { ...this.policy.wanted, hopLimit: hopLimit ?? this.policy.wanted.hopLimit };
    if (wanted.hopLimit !== undefined && isUnset(seen, 'hopLimit')) { noteFilledHopLimit(resource); }
    return this.withoutWhatBreaks(wanted, seen, rows, resource, scene);
  }

  /** The hop limit of a container host. Where a template decides it, an instance gets one only if it alone runs containers. */
  private hopLimitOf(resource: LaunchResource, scene: Scene): number | undefined {
    const verdict = scene.hosts.verdictOn(resource);
    if (!verdict.isContainerHost) { return undefined; }
    const launches = scene.graph.launchesOf(resource);
    const isDecided = launches.some(({ source }) => source.kind !== 'resource'
      || scene.hosts.verdictOn(source.resource).isContainerHost
      || !(hasFilledHopLimit(scene.constructOf(source.resource)) || isUnset(source.resource, 'hopLimit')));
    return isDecided ? undefined : verdict.hopLimit ?? this.policy.containerHopLimit;
  }

  private withoutWhatBreaks(wanted: WantedSettings, seen: LaunchResource, rows: readonly CarrierRow[], resource: CfnResource, scene: Scene): Wish {
    const { preconditions } = scene;
    const refused: Finding[] = [];
    const settled: { -readonly [name in SettingName]?: WantedSettings[name] } & { tokens: 'required' } = { ...wanted };
    const check = (name: 'endpoint' | 'ipv6' | 'tags', id: RequirementId, obstaclesTo: () => Obstacle[]) => {
      const row = rows.find(({ dialect }) => dialect.fields[name]);
      if (!row || ownSetting(seen, name).every(({ kind }) => kind !== 'unset')) { return; }
      const obstacles = obstaclesTo();
      if (obstacles.length === 0) { return; }
      settled[name] = undefined;
      const path = `${row.block}.${row.dialect.fields[name]!.key}`;
      refused.push({ id, path, message: `${path} is left unset, not ${wordsFor(wanted[name])}: ${obstacles.map(({ words }) => words).join('; ')}` });
    };
    if (wanted.ipv6) { check('ipv6', 'Imdsv2::Ipv6NotSupported', () => preconditions.againstIpv6(seen)); }
    if (wanted.tags) { check('tags', 'Imdsv2::TagKeyNotAllowed', () => preconditions.againstTags(seen)); }
    if (wanted.endpoint === false && !this.exemptions.covering(resource, 'Imdsv2::EndpointNeeded')) {
      check('endpoint', 'Imdsv2::EndpointNeeded', () => preconditions.againstDisabling(seen));
    }
    return { wanted: settled, refused };
  }
}

/** Whether nothing is said of a setting, whatever conditions turn out to be. */
function isUnset(resource: LaunchResource, name: SettingName): boolean {
  return ownSetting(resource, name).every(({ kind }) => kind === 'unset');
}

/** Whether a launch template decides what the resource leaves unset. */
function followsTemplate(resource: LaunchResource, rows: readonly CarrierRow[]): boolean {
  return rows.some(({ template }) => template !== undefined && resource.at([template]).length > 0);
}

function wordsFor(value: unknown): string {
  return value ? "'enabled'" : "'disabled'";
}
