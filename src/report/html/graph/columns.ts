import { grouped } from '../../../model/grouped';
import type { Graph, GraphNode } from './graph';

/** The most columns that a picture has. A capacity provider, a group and a template need three. */
const MOST_COLUMNS = 6;

/** How often the order within the columns is improved. */
const SWEEPS = 4;

/** The nodes of one template. Columns are from left to right, and the nodes of a column from top to bottom. */
export interface Band {
  readonly template: string;
  readonly columns: readonly (readonly GraphNode[])[];
}

/** The nodes that are connected to each node. */
export type Neighbours = ReadonlyMap<GraphNode, readonly GraphNode[]>;

/** Finds the nodes that are connected to each node, in both directions. */
export function neighboursOf({ edges }: Graph): Neighbours {
  return grouped(edges.flatMap(({ from, to }) => [[from, to] as const, [to, from] as const]));
}

/** Puts each launcher to the left of what it launches from, and connected nodes at about the same height. */
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

/** The number of steps from each node to the last node that it launches from. The limit of columns also ends a cycle. */
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

/** Moves each node to the middle of its neighbours, column by column, a few times. So only few edges cross. */
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

/** The approximate height of each node, from the top: the number of its band, plus its position in the column. */
function heightsOf(bands: readonly Band[]): Map<GraphNode, number> {
  return new Map(bands.flatMap(({ columns }, band) => columns
    .flatMap(column => column.map((node, index) => [node, band + (index + 0.5) / column.length] as const))));
}
