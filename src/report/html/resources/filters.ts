import type { Report } from '../../report';
import type { Markup } from '../markup';
import { html } from '../markup';
import { stackLabel } from '../page-index';
import { clipped } from '../texts';

/** What narrows the table down; the script shows it, for it does nothing without. */
export function filters({ stacks, resources }: Report): Markup {
  const named = new Map(stacks.map(stack => [stack.template, stack]));
  const templates = [...new Set(resources.map(({ template }) => template))];
  return html`<form id="filters" class="filters" role="search" aria-label="Resources" hidden>
<p><label for="filter-q">Search</label><input id="filter-q" name="q" type="search" autocomplete="off" spellcheck="false" placeholder="name, type, path, value …"></p>
${choice('outcome', 'Outcome', [['', 'every outcome'], ['not required', 'not required'], ['undecided', 'undecided'], ['required', 'required']])}
${choice('stack', 'Stack', [['', 'every stack'], ...templates.map(template => [template, clipped(stackLabel(named.get(template), template), 60)] as const)])}
${choice('findings', 'Findings', [['', 'with or without'], ['any', 'only with findings'], ['error', 'only with errors'], ['warning', 'only with warnings'], ['exempt', 'only what is exempt']])}
<p class="buttons"><button type="button" id="clear">Clear</button> <button type="button" id="expand" aria-pressed="false">All details</button></p>
</form>`;
}

function choice(name: string, label: string, options: readonly (readonly [value: string, words: string])[]): Markup {
  return html`<p><label for="filter-${name}">${label}</label><select id="filter-${name}" name="${name}">
${options.map(([value, words]) => html`<option value="${value}">${words}</option>
`)}</select></p>
`;
}
