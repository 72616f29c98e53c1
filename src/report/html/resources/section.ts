import type { Markup } from '../markup';
import { html } from '../markup';
import type { PageIndex } from '../page-index';
import { counted } from '../texts';
import { filters } from './filters';
import { resourceRows } from './row';
import { SETTING_KEYS, SETTING_LABELS } from './settings';

/** Every resource, with what applies to it and why. */
export function resourcesSection(index: PageIndex): Markup {
  const { report } = index;
  return html`<section id="resources" aria-labelledby="resources-title"><div class="wide">
<h2 id="resources-title">Resources</h2>
${report.resources.length === 0 ? html`<p class="empty">There is no resource to list.</p>` : table(index)}
</div></section>`;
}

const HEADINGS = ['Resource', 'IMDSv2', ...SETTING_KEYS.map(key => SETTING_LABELS[key]), 'Findings'];

/** The rows are laid out as grids, for a browser can leave out those that are out of sight; the roles say that it is a table all the same. */
function table(index: PageIndex): Markup {
  const { resources } = index.report;
  return html`${filters(index.report)}
<p id="shown" role="status">${counted(resources.length, 'resource')} shown</p>
<div class="scroll card" role="region" aria-label="Table of resources" tabindex="0">
<table id="table" class="resources" role="table">
<thead role="rowgroup"><tr role="row">${HEADINGS.map(heading => html`<th scope="col" role="columnheader">${heading}</th>`)}</tr></thead>
${resources.map(resource => resourceRows(resource, index))}
</table>
<p id="none" class="empty" hidden>No resource matches. Search for less, or clear the filter.</p>
</div>`;
}
