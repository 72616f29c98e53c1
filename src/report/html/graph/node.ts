import type { Content, Markup } from '../markup';
import { html } from '../markup';
import { OUTCOME_MARKS } from '../outcomes';
import type { MarkName } from '../outcomes';
import type { PageIndex } from '../page-index';
import { clipped, ending } from '../texts';
import type { GraphEdge, GraphNode } from './nodes';
import { MEASURES } from './places';
import type { Place } from './places';

/** As many characters as fit on a node. */
const NAME = 26;
const TYPE = 34;

/** A node and where it is drawn. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly id: string;
  readonly place: Place;
  readonly leaving: readonly GraphEdge[];
}

/** A node as a link to its resource; what is no resource of the report can be focused all the same, to see who launches from it. */
export function drawnNode(placed: PlacedNode, index: PageIndex): Markup {
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
  return kind === 'unknown' ? 'known at deploy time only' : 'not in this app';
}

function inWords(edges: readonly GraphEdge[]): string {
  const [first, ...others] = edges;
  if (!first) { return ''; }
  const version = first.label === '' ? '' : ` (${clipped(first.label, 40)})`;
  return `, launches from ${clipped(first.to.name, 60)}${version}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}
