import type { ReportedResource } from '../../reported-resource';
import type { MarkName } from '../marks';
import { badge, OUTCOME_MARKS } from '../marks';
import type { Markup } from '../markup';
import { html } from '../markup';
import type { PageIndex } from '../page-index';
import { nameOf, stackLabel } from '../page-index';
import { code, counted } from '../texts';
import { usageBadge } from '../usage';
import { details } from './details';
import { SETTING_KEYS, sortKey, values } from './settings';

/** The outcomes in their order when the table is sorted by outcome. */
const OUTCOME_ORDER = ['not required', 'undecided', 'required'];

/** The number of findings of a resource by kind. */
interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly exempt: number;
}

/** A resource as a group of two rows: the overview, and the details. */
export function resourceRows(resource: ReportedResource, index: PageIndex): Markup {
  const counts = countsOf(resource, index);
  const { outcome, usage, settings, template, logicalId, type, line } = resource;
  const name = nameOf(resource, index);
  return html`<tbody id="${index.anchorOf.get(resource)}" role="rowgroup" tabindex="-1" data-outcome="${outcome}" data-stack="${template}" data-path="${resource.path}" data-findings="${kinds(counts)}" data-usage="${usage?.state}">
<tr role="row"><th scope="row" role="rowheader" data-key="${name.slice(0, 80)}"><span class="name">${code(name)}</span>
<small>${code(type)}</small>
<small>${code(stackLabel(index.stackOf.get(template), template))}${name === logicalId ? '' : [' · ', code(logicalId)]}</small>
<small>${code(`${template}:${line}`)}</small></th>
<td role="cell" data-key="${OUTCOME_ORDER.indexOf(outcome)}">${badge(OUTCOME_MARKS[outcome], outcome)}${usageBadge(usage)}</td>
${SETTING_KEYS.map(key => html`<td role="cell" data-key="${sortKey(settings[key])}">${values(settings[key])}</td>
`)}<td role="cell" data-key="${sortedBy(counts)}">${chips(counts)}</td></tr>
${details(resource, index)}
</tbody>
`;
}

function countsOf({ id, exemptions }: ReportedResource, index: PageIndex): Counts {
  const findings = index.findingsOn.get(id) ?? [];
  const open = findings.filter(finding => !finding.exemption);
  return {
    errors: open.filter(({ severity }) => severity === 'error').length,
    warnings: open.filter(({ severity }) => severity === 'warning').length,
    exempt: Math.max(findings.length - open.length, exemptions.length),
  };
}

/** The words that the filter of the table searches for. */
function kinds({ errors, warnings, exempt }: Counts): string {
  return [
    ...errors + warnings > 0 ? ['any'] : [], ...errors > 0 ? ['error'] : [], ...warnings > 0 ? ['warning'] : [], ...exempt > 0 ? ['exempt'] : [],
  ].join(' ');
}

/** The sort key: errors come before warnings, warnings before exemptions, and those before no findings. */
function sortedBy({ errors, warnings, exempt }: Counts): number {
  return 1e12 - (errors * 1e8 + warnings * 1e4 + exempt);
}

function chips({ errors, warnings, exempt }: Counts): Markup {
  const chip = (name: MarkName, count: number, words: string) => count > 0 ? html`${badge(name, words)} ` : undefined;
  if (errors + warnings + exempt === 0) { return html`<span class="muted">none</span>`; }
  return html`<span class="chips">${chip('error', errors, counted(errors, 'error'))}${chip('warning', warnings, counted(warnings, 'warning'))}${chip('exempt', exempt, `${exempt} exempt`)}</span>`;
}
