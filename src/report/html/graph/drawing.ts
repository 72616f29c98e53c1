import { grouped } from '../../../model/grouped';
import type { Content, Markup } from '../markup';
import { html } from '../markup';
import { stackLabel } from '../page-index';
import type { PageIndex } from '../page-index';
import { clipped } from '../texts';
import { bandsOf, neighboursOf } from './columns';
import { drawnNode } from './node';
import type { Graph, GraphEdge, GraphNode } from './nodes';
import type { BandPlace, Layout, Place } from './places';
import { layoutOf, MEASURES } from './places';

/** The picture of a launch graph: launchers to the left, what they launch from to the right. */
export function drawing(graph: Graph, index: PageIndex): Markup {
  const leaving = grouped(graph.edges.map(edge => [edge.from, edge] as const));
  const joints = { neighbours: neighboursOf(graph), leaving: new Map([...leaving].map(([node, edges]) => [node, edges.length])) };
  const layout = layoutOf(bandsOf(graph), joints);
  const ids = new Map(graph.nodes.map((node, number) => [node, `node-${number + 1}`]));
  return html`<svg id="launches" class="graph" width="${layout.width}" height="${layout.height}" viewBox="0 0 ${layout.width} ${layout.height}"
 role="graphics-document" aria-roledescription="launch graph" aria-labelledby="graph-title" aria-describedby="graph-words">
<defs>${arrow('arrow')}${arrow('arrow-strong')}</defs>
${layout.bands.map(place => bandBox(place, layout.width, index))}
<g class="edges" aria-hidden="true">
${[...leaving].map(([node, edges]) => edgesFrom(node, edges, layout, ids))}</g>
${graph.nodes.map(node => drawnNode({ node, id: ids.get(node)!, place: layout.places.get(node)!, leaving: leaving.get(node) ?? [] }, index))}
</svg>`;
}

function arrow(id: string): Markup {
  return html`<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0l8 4-8 4z"/></marker>`;
}

/** The ground on which the nodes of a stack stand, with its name. */
function bandBox({ template, y, height }: BandPlace, width: number, index: PageIndex): Markup {
  const stack = index.stackOf.get(template);
  return html`<g class="band" aria-hidden="true"><rect x="0.5" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" rx="10"/>
<text x="${MEASURES.margin}" y="${y + 24}">${clipped(stackLabel(stack, template), 80)}</text></g>
`;
}

/** The edges that leave a node: below each other, in the order of where they lead, so that they do not cross at once. */
function edgesFrom(node: GraphNode, edges: readonly GraphEdge[], { places }: Layout, ids: ReadonlyMap<GraphNode, string>): Content {
  const from = places.get(node)!;
  const inOrder = [...edges].sort((one, other) => places.get(one.to)!.y - places.get(other.to)!.y);
  return inOrder.map((edge, number) => {
    const y = from.y + from.height * (number + 1) / (edges.length + 1);
    return drawnEdge(edge, { x: from.x + MEASURES.node, y }, places.get(edge.to)!, ids);
  });
}

function drawnEdge(edge: GraphEdge, start: { readonly x: number; readonly y: number }, to: Place, ids: ReadonlyMap<GraphNode, string>): Markup {
  const end = { x: to.x - 2, y: to.y + to.height / 2 };
  const bend = Math.max(Math.abs(end.x - start.x) / 2, 60);
  const path = `M${start.x} ${round(start.y)}C${round(start.x + bend)} ${round(start.y)} ${round(end.x - bend)} ${round(end.y)} ${end.x} ${round(end.y)}`;
  return html`<g class="edge${edge.isFollowed ? '' : ' loose'}" data-from="${ids.get(edge.from)}" data-to="${ids.get(edge.to)}"><path d="${path}"/>
${edge.label === '' ? undefined : html`<text x="${start.x + 10}" y="${round(start.y + (end.y < start.y ? 13 : -5))}">${clipped(edge.label, 24)}</text>`}</g>
`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
