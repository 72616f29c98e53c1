import type { ReportedStack, Totals } from '../report';
import type { Content, Markup } from './markup';
import { html } from './markup';
import { mark } from './outcomes';
import { stackLabel } from './page-index';
import { code, thousands } from './texts';

/** What each stack comes to, and all of them together. */
export function stacksTable(stacks: readonly ReportedStack[], totals: Totals): Markup {
  return html`<h3 id="stacks-title">By stack</h3>
<div class="scroll card" role="region" aria-labelledby="stacks-title" tabindex="0">
<table class="stacks">
<thead><tr><th scope="col">Stack</th><th scope="col">Environment</th>${COLUMNS.map(({ heading }) => html`<th scope="col" class="number">${heading}</th>`)}</tr></thead>
<tbody>
${stacks.map(stack => html`<tr><th scope="row">${code(stackLabel(stack, stack.template))}<small>${code(stack.template)}</small></th>
<td>${environment(stack)}</td>${COLUMNS.map(column => cell(column, stack.totals))}</tr>
`)}</tbody>
${stacks.length > 1 ? html`<tfoot><tr><th scope="row" colspan="2">All stacks</th>${COLUMNS.map(column => cell(column, totals))}</tr></tfoot>` : undefined}
</table>
</div>`;
}

interface Column {
  readonly heading: Content;
  readonly name: keyof Totals;
}

const COLUMNS: readonly Column[] = [
  { heading: 'Resources', name: 'resources' },
  { heading: html`${mark('required')} Required`, name: 'required' },
  { heading: html`${mark('not-required')} Not required`, name: 'notRequired' },
  { heading: html`${mark('undecided')} Undecided`, name: 'undecided' },
  { heading: html`${mark('exempt')} Exempt`, name: 'exempt' },
  { heading: html`${mark('error')} Errors`, name: 'errors' },
  { heading: html`${mark('warning')} Warnings`, name: 'warnings' },
];

function cell({ name }: Column, totals: Totals): Markup {
  return html`<td class="number${totals[name] === 0 ? ' zero' : ''}">${thousands(totals[name])}</td>`;
}

function environment({ account, region }: ReportedStack): Content {
  if (account === undefined && region === undefined) { return html`<span class="muted">not known</span>`; }
  return [account === undefined ? undefined : code(account), region === undefined ? undefined : html`<small>${code(region)}</small>`];
}
