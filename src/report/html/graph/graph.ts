import type { ReportedLaunch, ReportedResource } from '../../reported-resource';
import type { PageIndex } from '../page-index';
import { nameOf } from '../page-index';
import { versionLabel } from '../resources/launches';

/** Something that the picture shows: a resource, something outside of the app, or something that nobody knows yet. */
export interface GraphNode {
  readonly kind: ReportedLaunch['kind'];
  readonly name: string;
  /** The template among whose resources it is drawn. */
  readonly template: string;
  readonly resource?: ReportedResource;
}

/** That something launches from something. Launches that differ in nothing to be seen are one. */
export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly label: string;
  readonly isFollowed: boolean;
}

/** What the picture shows, in the order of the report. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The graph of everything that launches or is launched from. */
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

/** What is outside has a name that all of a stack mean alike; what is unknown to one may be another thing to the next. */
function sourceKey({ id, template }: ReportedResource, { kind, name }: ReportedLaunch): string {
  return JSON.stringify(kind === 'unknown' ? [kind, id, name] : ['outside', template, name]);
}
