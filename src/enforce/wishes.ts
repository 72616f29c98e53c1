import type { CfnResource } from 'aws-cdk-lib';
import { isUnset, ownSetting } from '../inspect/blocks';
import { CONDITIONAL_SETTINGS } from '../inspect/preconditions';
import type { Scene } from '../inspect/scene';
import type { Launch } from '../launch/launch-graph';
import type { LaunchResource } from '../launch/world';
import type { SettingName, WantedSettings } from '../model/settings';
import { listed } from '../model/words';
import type { Exemptions } from '../policy/exemptions';
import type { ImdsPolicy } from '../policy/imds-policy';
import type { Finding } from '../policy/requirements';
import { resourceTypeOf } from '../resources/resource-types';
import type { CarrierRow } from '../resources/rows';
import { hasFilledHopLimit } from './change-log';

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
    const refused = this.refused(resource, rows, scene);
    const without = Object.fromEntries(refused.map(({ name }) => [name, undefined]));
    return {
      wanted: { ...this.policy.wanted, hopLimit: hopLimit ?? this.policy.wanted.hopLimit, ...without },
      refused: refused.map(({ finding }) => finding),
    };
  }

  /** The hop limit of a container host, unless its launch template decides it. */
  private hopLimitOf(resource: LaunchResource, scene: Scene): number | undefined {
    const verdict = scene.hosts.verdictOn(resource);
    const isDecided = !verdict.isContainerHost || scene.graph.launchesOf(resource).some(launch => decidesHopLimit(launch, scene));
    return isDecided ? undefined : verdict.hopLimit ?? this.policy.containerHopLimit;
  }

  /** The wanted settings that something speaks against, where they would be written. */
  private refused(resource: CfnResource, rows: readonly CarrierRow[], scene: Scene): { readonly name: SettingName; readonly finding: Finding }[] {
    const seen = scene.resourceOf(resource);
    const asked = CONDITIONAL_SETTINGS.filter(({ name, value }) => this.policy.wanted[name] === value);
    return asked.flatMap(({ name, value, id, failsLaunch, against }) => {
      const row = rows.find(({ dialect }) => dialect.fields[name]);
      if (!row || !mayBeUnset(seen, name)) { return []; }
      if (!failsLaunch && this.exemptions.covering(resource, id)) { return []; }
      const obstacles = against(scene.preconditions, seen).map(({ words }) => words);
      const field = row.dialect.fields[name]!;
      const path = `${row.block}.${field.key}`;
      const message = `${path} is left unset, not '${String(field.spell(value))}': ${listed(obstacles, '; ')}`;
      return obstacles.length > 0 ? [{ name, finding: { id, path, message } }] : [];
    });
  }
}

/**
 * Whether a launch template decides the hop limit of a container host: nobody knows what it says, it says something of its own, or it gets the limit
 * and replaces the instance by it. An instance that stays would require tokens, and go on with the limit that it was launched with.
 */
function decidesHopLimit({ source, versions }: Launch, scene: Scene): boolean {
  if (source.kind !== 'resource') { return true; }
  if (!hasFilledHopLimit(scene.constructOf(source.resource)) && !isUnset(source.resource, 'hopLimit')) { return true; }
  return versions.every(({ kind }) => kind === 'latest number') && scene.hosts.verdictOn(source.resource).isContainerHost;
}

function mayBeUnset(resource: LaunchResource, name: SettingName): boolean {
  return ownSetting(resource, name).some(({ kind }) => kind === 'unset');
}

/** Whether a launch template decides what the resource leaves unset. */
function followsTemplate(resource: LaunchResource, rows: readonly CarrierRow[]): boolean {
  return rows.some(({ template }) => template !== undefined && resource.at([template]).length > 0);
}
