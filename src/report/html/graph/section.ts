import { mark } from '../marks';
import type { Content, Markup } from '../markup';
import { html } from '../markup';
import type { PageIndex } from '../page-index';
import { counted } from '../texts';
import { drawing } from './drawing';
import type { Graph } from './graph';
import { graphOf } from './graph';

/** The launch graph as a picture. The table contains the same information as text. */
export function graphSection(index: PageIndex): Markup {
  const graph = graphOf(index);
  return html`<section id="graph" aria-labelledby="graph-title"><div class="wide">
<h2 id="graph-title">Launch graph</h2>
${graph.edges.length === 0 ? html`<p class="empty">No resource in this app launches from another resource, so there is no graph.</p>` : picture(graph, index)}
</div></section>`;
}

function picture(graph: Graph, index: PageIndex): Markup {
  return html`<p id="graph-words">An arrow points from a resource to the resource that it launches from. ${leftOut(graph, index)}
Each node links to its resource in the table, which has the same information as text. <a class="inline-skip" href="#resources">Skip the graph</a></p>
<div class="scroll card canvas" role="region" aria-label="Launch graph, picture" tabindex="0">
${drawing(graph, index)}
</div>
<ul class="key">
<li><svg width="44" height="12" aria-hidden="true"><path class="sample-line" d="M0 6h44"/></svg> launches the version in this app</li>
<li><svg width="44" height="12" aria-hidden="true"><path class="sample-line loose" d="M0 6h44"/></svg> launches another version, or an unknown version</li>
<li>${mark('required')} requires IMDSv2</li>
<li>${mark('undecided')} undecided</li>
<li>${mark('not-required')} does not require it</li>
<li>${mark('outside')} not in this app</li>
<li>${mark('unknown')} only known at deployment</li>
</ul>`;
}

/** A sentence about the resources that are not in the picture. */
function leftOut({ nodes }: Graph, index: PageIndex): Content {
  const left = index.report.resources.length - nodes.filter(({ resource }) => resource).length;
  if (left === 0) { return undefined; }
  return `${counted(left, 'resource')} that neither launch${left === 1 ? 'es' : ''} from another nor ${left === 1 ? 'is' : 'are'} launched from ${left === 1 ? 'is' : 'are'} left out.`;
}
