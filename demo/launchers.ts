import { effectiveSetting } from '../src/inspect/effective';
import { ContainerHosts } from '../src/launch/container-hosts';
import type { Launch } from '../src/launch/launch-graph';
import { LaunchGraph } from '../src/launch/launch-graph';
import type { TemplateFile } from '../src/launch/template-set';
import { TemplateSet } from '../src/launch/template-set';
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
      launchesFrom: launches.map(words).join(', ') || (hasOwnOptions ? 'its own options' : 'nothing that can be set'),
      tokens: settingOf('tokens', resource, graph),
      hopLimit: settingOf('hopLimit', resource, graph),
      containers: hosts.verdictOn(resource).reasons,
    };
  });
}

/** A setting in words: what holds for the instances, whoever says it. */
function settingOf(name: SettingName, resource: LaunchResource, graph: LaunchGraph): string {
  const canSay = resourceTypeOf(resource.type)!.carriers.some(({ dialect }) => dialect.fields[name]);
  if (!canSay && graph.launchesOf(resource).length === 0) { return '-'; }
  return describe(effectiveSetting(resource, name, graph)).replaceAll("'", '');
}

function words({ source, versions }: Launch): string {
  const version = versions.map(one => one.words === 'none' ? 'default version' : one.words).join(' or ');
  return `${sourceWords(source)}${version ? ` (${version})` : ''}`;
}

function sourceWords(source: Launch['source']): string {
  switch (source.kind) {
    case 'resource': return shortened(source.resource.path).split('/').pop()!;
    case 'outside': return `'${source.name}', not in this app`;
    case 'unknown': return `known at deployment (${source.reason})`;
  }
}

function shortened(path: string): string {
  return path.replace(/\/Resource$/, '');
}
