import { grouped } from '../../../model/grouped';
import type { MarkName } from '../marks';
import { OUTCOME_MARKS } from '../marks';
import type { Content, Markup } from '../markup';
import { html } from '../markup';
import type { PageIndex } from '../page-index';
import { stackLabel } from '../page-index';
import { clipped, ending } from '../texts';
import { bandsOf, neighboursOf } from './columns';
import type { Graph, GraphEdge, GraphNode } from './graph';
import type { BandPlace, Layout, NodePosition } from './places';
import { layoutOf, MEASURES } from './places';

/** The number of characters that fit in a node. */
const NAME = 26;
const TYPE = 34;

/** The picture of a launch graph. Launchers are on the left, and their sources on the right. */
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

/** The background of the nodes of a stack, with the name of the stack. */
function bandBox({ template, y, height }: BandPlace, width: number, index: PageIndex): Markup {
  const stack = index.stackOf.get(template);
  return html`<g class="band" aria-hidden="true"><rect x="0.5" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" rx="10"/>
<text x="${MEASURES.margin}" y="${y + 24}">${clipped(stackLabel(stack, template), 80)}</text></g>
`;
}

/** The edges that leave a node. They start below each other, in the order of their targets, so that they do not cross at the start. */
function edgesFrom(node: GraphNode, edges: readonly GraphEdge[], { places }: Layout, ids: ReadonlyMap<GraphNode, string>): Content {
  const from = places.get(node)!;
  const inOrder = [...edges].sort((one, other) => places.get(one.to)!.y - places.get(other.to)!.y);
  return inOrder.map((edge, number) => {
    const y = from.y + from.height * (number + 1) / (edges.length + 1);
    return drawnEdge(edge, { x: from.x + MEASURES.node, y }, places.get(edge.to)!, ids);
  });
}

function drawnEdge(edge: GraphEdge, start: Pick<NodePosition, 'x' | 'y'>, to: NodePosition, ids: ReadonlyMap<GraphNode, string>): Markup {
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

/** A node and its place in the picture. */
interface PlacedNode {
  readonly node: GraphNode;
  readonly id: string;
  readonly place: NodePosition;
  readonly leaving: readonly GraphEdge[];
}

/** A node as a link to its resource. A node without a resource in the report can be focused too, which highlights its launchers. */
function drawnNode(placed: PlacedNode, index: PageIndex): Markup {
  const { node, id } = placed;
  const name = markOf(node);
  const resource = node.resource;
  const label = `${clipped(node.name, 120)}, ${kindOf(node)}${resource ? `, ${resource.outcome}` : ''}${inWords(placed.leaving)}`;
  const content = html`<title>${label}</title>${box(placed, name)}`;
  return resource
    ? html`<a id="${id}" class="node is-${name}" href="#${index.anchorOf.get(resource)}" aria-label="${label}">${content}</a>
`
    : html`<g id="${id}" class="node is-${name}" tabindex="0" role="img" aria-label="${label}">${content}</g>
`;
}

function box({ node, place: { x, y, height } }: PlacedNode, name: MarkName): Content {
  const middle = height / 2;
  return html`<rect class="box" x="${x}" y="${y}" width="${MEASURES.node}" height="${height}" rx="${node.resource?.isLauncher === false ? 3 : 12}"/>
<svg x="${x}" y="${y}" width="${MEASURES.node - 8}" height="${height}">
<svg class="mark mark-${name}" x="13" y="${middle - 9}" width="18" height="18"><use href="#mark-${name}"/></svg>
<text class="node-name" x="42" y="${middle - 3}">${ending(node.name, NAME)}</text>
<text class="node-type" x="42" y="${middle + 14}">${clipped(kindOf(node), TYPE)}</text>
</svg>`;
}

function markOf({ kind, resource }: GraphNode): MarkName {
  if (resource) { return OUTCOME_MARKS[resource.outcome]; }
  return kind === 'unknown' ? 'unknown' : 'outside';
}

function kindOf({ kind, resource }: GraphNode): string {
  if (resource) { return resource.type.replace(/^AWS::/, ''); }
  return kind === 'unknown' ? 'not known before deployment' : 'not in this app';
}

function inWords(edges: readonly GraphEdge[]): string {
  const [first, ...others] = edges;
  if (!first) { return ''; }
  const version = first.label === '' ? '' : ` (${clipped(first.label, 40)})`;
  return `, launches from ${clipped(first.to.name, 60)}${version}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}
