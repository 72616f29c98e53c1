import type { Band, Neighbours } from './columns';
import type { GraphNode } from './graph';

/** The position of a node in the picture, in pixels. */
export interface NodePosition {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** The place of the nodes of a template. */
export interface BandPlace {
  readonly template: string;
  readonly y: number;
  readonly height: number;
}

/** The sizes and places of the whole picture. */
export interface Layout {
  readonly places: ReadonlyMap<GraphNode, NodePosition>;
  readonly bands: readonly BandPlace[];
  readonly width: number;
  readonly height: number;
}

/** The sizes of the parts, in pixels. */
export const MEASURES = { node: 266, row: 46, gap: 14, margin: 20, title: 38, betweenBands: 18, port: 17 } as const;

/** The number of edges that leave each node, and the neighbours of each node. */
export interface Joints {
  readonly neighbours: Neighbours;
  readonly leaving: ReadonlyMap<GraphNode, number>;
}

/** Places the bands below each other, and each node beside its neighbours. */
export function layoutOf(bands: readonly Band[], joints: Joints): Layout {
  const places = new Map<GraphNode, NodePosition>();
  const columns = bands[0]?.columns.length ?? 0;
  const step = MEASURES.node + (columns > 2 ? 180 : 320);
  const bandPlaces: BandPlace[] = [];
  let y = 0;
  for (const band of bands) {
    const height = placeBand(band, y, step, joints, places);
    bandPlaces.push({ template: band.template, y, height });
    y += height + MEASURES.betweenBands;
  }
  const width = MEASURES.margin * 2 + step * Math.max(columns - 1, 0) + MEASURES.node;
  return { places, bands: bandPlaces, width, height: Math.max(y - MEASURES.betweenBands, 0) };
}

/** Places the column with the most nodes first, and then the other columns beside it. */
function placeBand(band: Band, top: number, step: number, joints: Joints, places: Map<GraphNode, NodePosition>): number {
  const heightOf = (node: GraphNode) => Math.max(MEASURES.row, (joints.leaving.get(node) ?? 0) * MEASURES.port + 8);
  const lengths = band.columns.map(column => column.reduce((sum, node) => sum + heightOf(node) + MEASURES.gap, 0));
  const tallest = lengths.indexOf(Math.max(...lengths));
  const start = top + MEASURES.title;
  const end = start + lengths[tallest];
  const byDistance = band.columns.map((_, index) => index).sort((one, other) => Math.abs(one - tallest) - Math.abs(other - tallest));
  for (const index of byDistance) {
    const x = MEASURES.margin + index * step;
    const nodes = band.columns[index].map(node => ({ node, height: heightOf(node), wanted: wantedMiddle(node, joints.neighbours, places) }));
    const tops = packed(nodes, start, end);
    nodes.forEach(({ node, height }, row) => places.set(node, { x, y: tops[row], height }));
  }
  return end - top + MEASURES.margin - MEASURES.gap;
}

/** The middle of the neighbours that are already placed. */
function wantedMiddle(node: GraphNode, neighbours: Neighbours, places: ReadonlyMap<GraphNode, NodePosition>): number | undefined {
  const placed = (neighbours.get(node) ?? []).flatMap(one => places.get(one) ?? []);
  return placed.length > 0 ? placed.reduce((sum, { y, height }) => sum + y + height / 2, 0) / placed.length : undefined;
}

/** The top of each node between `start` and `end`: as near to its wanted middle as the other nodes allow. */
function packed(nodes: readonly { readonly height: number; readonly wanted?: number }[], start: number, end: number): number[] {
  const tops: number[] = [];
  let least = start;
  for (const { height, wanted } of nodes) {
    const top = Math.max(least, (wanted ?? least) - (wanted === undefined ? 0 : height / 2));
    tops.push(top);
    least = top + height + MEASURES.gap;
  }
  let most = end;
  for (let index = nodes.length - 1; index >= 0; index--) {
    tops[index] = Math.min(tops[index], most - nodes[index].height - MEASURES.gap);
    most = tops[index];
  }
  return tops;
}
