import type { ReportedLaunch, ReportedResource } from '../../reported-resource';
import type { PageIndex } from '../page-index';
import { nameOf } from '../page-index';
import { versionLabel } from '../resources/launches';

/** A node of the picture: a resource, something outside the app, or something that is only known at deployment. */
export interface GraphNode {
  readonly kind: ReportedLaunch['kind'];
  readonly name: string;
  /** The template that the node is drawn with. */
  readonly template: string;
  readonly resource?: ReportedResource;
}

/** A launcher and its source. Launches that look the same in the picture are one edge. */
export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly label: string;
  readonly isFollowed: boolean;
}

/** The nodes and edges of the picture, in the order of the report. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The graph of all resources that launch from something, or that something launches from. */
export function graphOf(index: PageIndex): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const keep = <T>(map: Map<string, T>, key: string, make: () => T): T => {
    const kept = map.get(key) ?? make();
    map.set(key, kept);
    return kept;
  };
  const nodeOf = (resource: ReportedResource) => keep(nodes, resource.id, () => resourceNode(resource, index));
  for (const launcher of index.report.resources) {
    if (launcher.launchesFrom.length === 0 && !index.launchersOf.has(launcher.id)) { continue; }
    const from = nodeOf(launcher);
    for (const launch of launcher.launchesFrom) {
      const resource = launch.resource === undefined ? undefined : index.resourceOf.get(launch.resource);
      const to = resource ? nodeOf(resource) : keep(nodes, sourceKey(launcher, launch), () => sourceNode(launcher, launch));
      const label = versionLabel(launch);
      keep(edges, JSON.stringify([launcher.id, resource?.id ?? sourceKey(launcher, launch), label, launch.isFollowed]),
        () => ({ from, to, label, isFollowed: launch.isFollowed && launch.kind !== 'unknown' }));
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function resourceNode(resource: ReportedResource, index: PageIndex): GraphNode {
  return { kind: 'resource', name: nameOf(resource, index), template: resource.template, resource };
}

function sourceNode({ template }: ReportedResource, { kind, name }: ReportedLaunch): GraphNode {
  return { kind: kind === 'unknown' ? 'unknown' : 'outside', name, template };
}

/** The key of a source that is no resource of the app. Outside names mean the same in all of a stack; an unknown source is unique to its launcher. */
function sourceKey({ id, template }: ReportedResource, { kind, name }: ReportedLaunch): string {
  return JSON.stringify(kind === 'unknown' ? [kind, id, name] : ['outside', template, name]);
}
