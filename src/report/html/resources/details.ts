import type { ReportedFinding } from '../../reported-finding';
import type { ReportedLaunch, ReportedResource } from '../../reported-resource';
import { exemption } from '../findings';
import { mark, SEVERITY_MARKS } from '../marks';
import type { Content, Markup } from '../markup';
import { html } from '../markup';
import type { LaunchedBy, PageIndex } from '../page-index';
import { nameOf } from '../page-index';
import { clipped, code, counted, ending, prose } from '../texts';
import { usageDetails } from '../usage';
import { launchedBy, launchesFrom, versionLabel } from './launches';
import { origins, SETTING_KEYS, SETTING_LABELS } from './settings';

/** The row below a resource. It opens to show all details, such as where each setting comes from. */
export function details(resource: ReportedResource, index: PageIndex): Markup {
  const launchers = index.launchersOf.get(resource.id) ?? [];
  const { settings, launchesFrom: launches, usage, containers, overwritten, exemptions } = resource;
  return html`<tr class="more" role="row"><td colspan="8" role="cell" aria-colspan="8"><details>
<summary>${inShort(resource, launchers, index)}</summary>
<dl class="facts-list">
${SETTING_KEYS.map(key => fact(SETTING_LABELS[key], settings[key], possible => origins(possible, index)))}
${fact('Launches from', launches, list => launchesFrom(list, index))}
${fact('Launched by', launchers, list => launchedBy(list, index))}
${fact('IMDSv1 use', usage && [usage], ([known]) => usageDetails(known))}
${fact('Containers', containers, list => html`<ul class="plain">${list.map(reason => html`<li>${prose(reason)}</li>`)}</ul>`)}
${fact('Overwritten', overwritten, list => html`<ul class="plain">${list.map(({ kind, name }) =>
  html`<li>the ${kind} ${code(name)} decided tokens until enforcement overwrote it: delete it if nothing else uses it</li>`)}</ul>`)}
${fact('Exemptions', exemptions, list => html`<ul class="plain">${list.map(one => html`<li><code>${one.rule}</code>: ${exemption(one)}</li>`)}</ul>`)}
${fact('Findings', index.findingsOn.get(resource.id), list => html`<ul class="plain">${list.map(one => finding(one, index))}</ul>`)}
</dl></details></td></tr>`;
}

/** The summary of the details, which is visible before they are opened. */
function inShort({ isLauncher, launchesFrom: launches, containers }: ReportedResource, launchers: readonly LaunchedBy[], index: PageIndex): Content {
  const [first, ...others] = launches;
  const parts = [
    ...first ? [`launches from ${[ending(sourceName(first, index), 40), clipped(versionLabel(first), 40)].filter(Boolean).join(', ')}${others.length > 0 ? ` and ${counted(others.length, 'other')}` : ''}`] : [],
    ...launchers.length > 0 ? [`launched by ${counted(launchers.length, 'resource')}`] : [],
    ...!first && launchers.length === 0 ? [isLauncher ? 'launches with its own settings' : 'no resource in this app launches from it'] : [],
    ...containers.length > 0 ? ['runs containers'] : [],
  ];
  return html`<span class="summary-label">Details</span> <span class="muted">${parts.join(' · ')}</span>`;
}

function sourceName({ resource, name }: ReportedLaunch, index: PageIndex): string {
  const source = resource === undefined ? undefined : index.resourceOf.get(resource);
  return source ? nameOf(source, index) : name;
}

/** A list with a label, or nothing if the list is empty. */
function fact<T>(label: string, list: readonly T[] | undefined, show: (list: readonly T[]) => Content): Content {
  return list && list.length > 0 ? html`<div><dt>${label}</dt><dd>${show(list)}</dd></div>
` : undefined;
}

function finding(one: ReportedFinding, index: PageIndex): Markup {
  const name = one.exemption ? 'exempt' : SEVERITY_MARKS[one.severity];
  return html`<li>${mark(name)} <a href="#${index.findingAnchorOf.get(one)}">${one.rule}</a> <span class="muted">${one.exemption ? 'exempt' : one.severity}</span>: ${prose(one.message)}</li>`;
}
