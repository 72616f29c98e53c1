import { ownSetting } from '../src/inspect/blocks';
import { ContainerHosts } from '../src/launch/container-hosts';
import type { Launch } from '../src/launch/launch-graph';
import { LaunchGraph } from '../src/launch/launch-graph';
import type { TemplateFile } from '../src/launch/template-file';
import { TemplateSet } from '../src/launch/template-set';
import { followsChanges } from '../src/launch/versions';
import type { LaunchResource } from '../src/launch/world';
import { describe } from '../src/model/setting';
import type { SettingName } from '../src/model/settings';
import { resourceTypeOf } from '../src/resources/resource-types';

/** What the table shows of one resource. */
export interface Launcher {
  readonly path: string;
  readonly type: string;
  /** What it launches from, and which version of that. */
  readonly launchesFrom: string;
  readonly tokens: string;
  readonly hopLimit: string;
  /** Why containers run on its instances. */
  readonly containers: readonly string[];
}

/** The resources of synthesized templates that launch instances or hold their metadata options. */
export function launchersOf(templates: readonly TemplateFile[]): Launcher[] {
  const graph = new LaunchGraph(new TemplateSet(templates));
  const hosts = new ContainerHosts(graph);
  return graph.world.resources.filter(({ type }) => resourceTypeOf(type)).map(resource => {
    const launches = graph.launchesOf(resource);
    const hasOwnOptions = resourceTypeOf(resource.type)!.carriers.length > 0;
    return {
      path: shortened(resource.path),
      type: resource.type,
      launchesFrom: sourceWords(launches) || (hasOwnOptions ? 'its own options' : 'nothing of yours'),
      tokens: settingOf('tokens', resource, graph),
      hopLimit: settingOf('hopLimit', resource, graph),
      containers: hosts.verdictOn(resource).reasons,
    };
  });
}

/** A setting in words: what the resource says itself, else what it launches from says in the version that it names. */
function settingOf(name: SettingName, resource: LaunchResource, graph: LaunchGraph): string {
  const canSay = resourceTypeOf(resource.type)!.carriers.some(({ dialect }) => dialect.fields[name]);
  const launches = graph.launchesOf(resource);
  if (!canSay && launches.length === 0) { return 'cannot be set'; }
  const own = canSay ? ownSetting(resource, name).map(possible => describe([possible])) : ['unset'];
  const all = own.flatMap(value => value === 'unset' && launches.length > 0 ? launches.map(launch => inherited(name, launch, graph)) : [value]);
  return [...new Set(all)].join(' or ').replaceAll("'", '');
}

function inherited(name: SettingName, { source, versions }: Launch, graph: LaunchGraph): string {
  const isAsDeployed = versions.some(version => !followsChanges(version));
  return source.kind !== 'resource' ? 'unknown' : isAsDeployed ? 'as deployed' : settingOf(name, source.resource, graph);
}

/** What a launcher launches from, and in which version; what is named in the same version stands together. */
function sourceWords(launches: readonly Launch[]): string {
  const byVersion = new Map<string, string[]>();
  for (const { source, versions } of launches) {
    const version = versions.map(one => one.words === 'none' ? 'default version' : one.words).join(' or ');
    byVersion.set(version, [...byVersion.get(version) ?? [], nameOf(source)]);
  }
  return [...byVersion].map(([version, names]) => `${[...new Set(names)].join(' and ')}${version ? ` (${version})` : ''}`).join(', ');
}

function nameOf(source: Launch['source']): string {
  switch (source.kind) {
    case 'resource': return shortened(source.resource.path).split('/').pop()!;
    case 'outside': return `'${source.name}', not in this app`;
    case 'unknown': return `known at deployment (${source.reason})`;
  }
}

/** The path without what says nothing to a reader. */
export function shortened(path: string): string {
  return path.replace(/\/Resource$/, '').replace(/^.*\.template\.json#/, '');
}
