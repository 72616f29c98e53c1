import type { Report } from '../../report';
import type { Markup } from '../markup';
import { html } from '../markup';
import type { PageIndex } from '../page-index';
import { stackLabel } from '../page-index';
import { clipped, counted } from '../texts';
import { resourceRows } from './row';
import { SETTING_KEYS, SETTING_LABELS } from './settings';

/** The table of all resources with their settings. */
export function resourcesSection(index: PageIndex): Markup {
  const { report } = index;
  return html`<section id="resources" aria-labelledby="resources-title"><div class="wide">
<h2 id="resources-title">Resources</h2>
${report.resources.length === 0 ? html`<p class="empty">There are no resources.</p>` : table(index)}
</div></section>`;
}

const HEADINGS = ['Resource', 'IMDSv2', ...SETTING_KEYS.map(key => SETTING_LABELS[key]), 'Findings'];

/** The rows are CSS grids, so that a browser can skip rows out of view. The ARIA roles keep it a table for screen readers. */
function table(index: PageIndex): Markup {
  const { resources } = index.report;
  return html`${filters(index.report)}
<p id="shown" role="status">${counted(resources.length, 'resource')} shown</p>
<div class="scroll card" role="region" aria-label="Table of resources" tabindex="0">
<table id="table" class="resources" role="table">
<thead role="rowgroup"><tr role="row">${HEADINGS.map(heading => html`<th scope="col" role="columnheader">${heading}</th>`)}</tr></thead>
${resources.map(resource => resourceRows(resource, index))}
</table>
<p id="none" class="empty" hidden>No resource matches. Change the search text, or clear the filter.</p>
</div>`;
}

/** The filters of the table. The script shows them, because they do nothing without it. */
function filters({ stacks, resources, usage }: Report): Markup {
  const named = new Map(stacks.map(stack => [stack.template, stack]));
  const templates = [...new Set(resources.map(({ template }) => template))];
  return html`<form id="filters" class="filters" role="search" aria-label="Resources" hidden>
<p><label for="filter-q">Search</label><input id="filter-q" name="q" type="search" autocomplete="off" spellcheck="false" placeholder="name, type, path, value …"></p>
${choice('outcome', 'Outcome', [['', 'every outcome'], ['not required', 'not required'], ['undecided', 'undecided'], ['required', 'required']])}
${choice('stack', 'Stack', [['', 'every stack'], ...templates.map(template => [template, clipped(stackLabel(named.get(template), template), 60)] as const)])}
${choice('findings', 'Findings', [['', 'with or without'], ['any', 'only with findings'], ['error', 'only with errors'], ['warning', 'only with warnings'], ['exempt', 'only exempt']])}
${usage ? choice('usage', 'IMDSv1 use', [['', 'any'], ['in use', 'in use'], ['broken', 'broken'], ['unknown', 'unknown'], ['ready', 'ready'], ['required', 'required']]) : undefined}
<p class="buttons"><button type="button" id="clear">Clear</button> <button type="button" id="expand" aria-pressed="false">All details</button></p>
</form>`;
}

function choice(name: string, label: string, options: readonly (readonly [value: string, words: string])[]): Markup {
  return html`<p><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}">
${options.map(([value, words]) => html`<option value="${value}">${words}</option>
`)}</select></p>
`;
}
