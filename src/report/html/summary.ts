import type { Report, ReportedStack, Totals } from '../report';
import type { MarkName } from './marks';
import { mark } from './marks';
import type { Content, Markup } from './markup';
import { html } from './markup';
import { stackLabel } from './page-index';
import { ring } from './ring';
import { code, counted, prose, thousands } from './texts';
import { usageCard } from './usage';

/** The summary: the ring, the totals, and a table of the stacks. */
export function summarySection({ totals, stacks, usage = [], notVisible, rulesOff }: Report): Markup {
  return html`<section id="summary" aria-labelledby="summary-title"><div class="wide">
<h2 id="summary-title">Summary</h2>
${totals.resources === 0 ? NOTHING : picture(totals)}
${totals.usage ? usageCard(totals.usage, usage) : undefined}
${stacks.length > 0 ? stacksTable(stacks, totals) : undefined}
${notVisible.length > 0 ? notVisibleHere(notVisible) : undefined}
${rulesOff.length > 0 ? switchedOff(rulesOff) : undefined}
</div></section>`;
}

const NOTHING = html`<p class="empty">Nothing in this app launches EC2 instances, or defines how they are launched.</p>`;

function picture(totals: Totals): Markup {
  return html`<div class="picture card">
${ring(totals)}
<ul class="legend">
${legend('required', totals.required, 'require IMDSv2', 'for all values of conditions and parameters')}
${legend('not-required', totals.notRequired, 'do not require it', 'IMDSv1 is allowed, at least under some condition, unless an account default or the image requires IMDSv2')}
${legend('undecided', totals.undecided, 'undecided', 'only known at deployment, not in this app, without a property for it, or decided by an image that an account default can override')}
${legend('exempt', totals.exempt, 'exempt', `of the ${thousands(totals.notRequired + totals.undecided)} that do not require it or are undecided`)}
</ul>
<dl class="tiles">
${tile(totals.resources, 'resources')}
${tile(totals.errors, totals.errors === 1 ? 'error' : 'errors', 'error')}
${tile(totals.warnings, totals.warnings === 1 ? 'warning' : 'warnings', 'warning')}
</dl>
</div>`;
}

function legend(name: MarkName, count: number, words: string, explanation: string): Markup {
  return html`<li class="swatch-${name}">${mark(name)}<strong>${thousands(count)}</strong> <span>${words}<small>${explanation}</small></span></li>
`;
}

function tile(count: number, words: string, name?: MarkName): Markup {
  return html`<div><dt>${name && count > 0 ? mark(name) : undefined}${words}</dt><dd>${thousands(count)}</dd></div>
`;
}

function notVisibleHere(parts: Report['notVisible']): Content {
  return html`<div class="card"><h3>${counted(parts.length, 'part')} not visible, and not checked</h3>
<ul class="plain">${parts.map(({ kind, path, logicalId, template, line }) =>
  html`<li>the ${kind} ${code(path ?? logicalId)} in ${code(`${template}:${line}`)}</li>`)}</ul></div>`;
}

function switchedOff(rulesOff: Report['rulesOff']): Content {
  return html`<div class="card"><h3>${counted(rulesOff.length, 'rule')} switched off</h3>
<ul class="plain">${rulesOff.map(({ rule, reason }) => html`<li><code>${rule}</code>: ${prose(reason)}</li>`)}</ul></div>`;
}

/** The totals of each stack and of the app. */
function stacksTable(stacks: readonly ReportedStack[], totals: Totals): Markup {
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
  readonly name: Exclude<keyof Totals, 'usage'>;
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
