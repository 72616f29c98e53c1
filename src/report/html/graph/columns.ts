import { grouped } from '../../../model/grouped';
import type { Graph, GraphNode } from './graph';

/** As many columns as a picture has at most: a capacity provider, a group and a template are three. */
const MOST_COLUMNS = 6;

/** How often the order within the columns is mended. */
const SWEEPS = 4;

/** The nodes of one template: in columns from left to right, and in order from the top. */
export interface Band {
  readonly template: string;
  readonly columns: readonly (readonly GraphNode[])[];
}

/** Which nodes are joined to a node. */
export type Neighbours = ReadonlyMap<GraphNode, readonly GraphNode[]>;

/** The nodes that are joined to each node, on either side. */
export function neighboursOf({ edges }: Graph): Neighbours {
  return grouped(edges.flatMap(({ from, to }) => [[from, to] as const, [to, from] as const]));
}

/** Puts every launcher left of what it launches from, and what belongs together at the same height. */
export function bandsOf(graph: Graph): Band[] {
  const depths = depthsOf(graph);
  const count = Math.max(0, ...new Set(depths.values())) + 1;
  const bands = [...grouped(graph.nodes.map(node => [node.template, node] as const))].map(([template, nodes]) => {
    const columns: GraphNode[][] = Array.from({ length: count }, () => []);
    nodes.forEach(node => columns[count - 1 - (depths.get(node) ?? 0)].push(node));
    return { template, columns };
  });
  return ordered(bands, neighboursOf(graph));
}

/** How many steps there are from a node to the last thing that it launches from; a circle ends somewhere. */
function depthsOf({ edges }: Graph): Map<GraphNode, number> {
  const depths = new Map<GraphNode, number>();
  for (let round = 1; round < MOST_COLUMNS; round++) {
    for (const { from, to } of edges) {
      const depth = Math.min((depths.get(to) ?? 0) + 1, MOST_COLUMNS - 1);
      if (from !== to && depth <= round && depth > (depths.get(from) ?? 0)) { depths.set(from, depth); }
    }
  }
  return depths;
}

/** Moves every node to the middle of what it is joined to, column by column, a few times: few edges cross then. */
function ordered(bands: readonly Band[], neighbours: Neighbours): Band[] {
  let current = [...bands];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const heights = heightsOf(current);
    const moves = (sweep + 1) % 2;
    current = current.map(({ template, columns }) => ({
      template,
      columns: columns.map((column, index) => index % 2 === moves ? sorted(column, heights, neighbours) : column),
    }));
  }
  return current;
}

function sorted(column: readonly GraphNode[], heights: ReadonlyMap<GraphNode, number>, neighbours: Neighbours): GraphNode[] {
  const middles = new Map(column.map(node => [node, middle(node, heights, neighbours)]));
  return [...column].sort((one, other) => middles.get(one)! - middles.get(other)!);
}

function middle(node: GraphNode, heights: ReadonlyMap<GraphNode, number>, neighbours: Neighbours): number {
  const joinedTo = neighbours.get(node) ?? [node];
  return joinedTo.reduce((sum, one) => sum + heights.get(one)!, 0) / joinedTo.length;
}

/** Where a node is about, from the top: the number of its band, and how far down its column it is. */
function heightsOf(bands: readonly Band[]): Map<GraphNode, number> {
  return new Map(bands.flatMap(({ columns }, band) => columns
    .flatMap(column => column.map((node, index) => [node, band + (index + 0.5) / column.length] as const))));
}
