import { grouped } from '../../model/grouped';
import { RULES } from '../../policy/rules';
import type { ReportedExemption, ReportedFinding } from '../reported-finding';
import { badge, SEVERITY_MARKS } from './marks';
import type { Content, Markup } from './markup';
import { html } from './markup';
import type { PageIndex } from './page-index';
import { scriptOf, unseenScripts } from './scripts';
import { sdkCards } from './sdks';
import { code, counted, externalLink, prose } from './texts';

/** The most findings with which the groups of rules are open. With more, all groups start closed. */
const MOST_OPEN = 60;

/** The findings, grouped by rule, because the findings of a rule have the same fix. */
export function findingsSection(index: PageIndex): Markup {
  const { findings } = index.report;
  const groups = [...grouped(findings.map(finding => [`${finding.severity} ${finding.rule} ${finding.see} ${finding.fix}`, finding] as const)).values()];
  const inOrder = [...groups.filter(isError), ...groups.filter(group => !isError(group))];
  return html`<section id="findings" aria-labelledby="findings-title"><div class="wide">
<h2 id="findings-title">Findings</h2>
${findings.length === 0 ? html`<p class="empty">No findings: the app complies with every rule that is switched on.</p>` : undefined}
${inOrder.map(group => ruleGroup(group, findings.length <= MOST_OPEN, index))}
${unseenScripts(index.report.unseenScripts)}
${sdkCards(index.report)}
</div></section>`;
}

/** An exemption: its reason, its owner and its end date. */
export function exemption({ reason, owner, ticket, expires, scope }: ReportedExemption): Markup {
  return html`<q>${prose(reason)}</q>
<small class="facts"><span>on ${scope === '' ? 'the app' : code(scope)}</span>
${owner === undefined ? undefined : html`<span>owner ${prose(owner)}</span>`}
${ticket === undefined ? undefined : html`<span>ticket ${externalLink(ticket, ticket)}</span>`}
<span>${expires === undefined ? 'no end date' : html`until <time datetime="${expires}">${expires}</time>`}</span></small>`;
}

function isError([first]: readonly ReportedFinding[]): boolean {
  return first.severity === 'error';
}

function ruleGroup(findings: readonly ReportedFinding[], isOpen: boolean, index: PageIndex): Markup {
  const [{ rule, severity, fix, see }] = findings;
  const exempt = findings.filter(finding => finding.exemption).length;
  return html`<article class="rule card edge-${severity}">
<h3>${badge(SEVERITY_MARKS[severity], severity)} ${externalLink(see, rule)}</h3>
<p class="title">Rule: ${RULES[rule].title}.</p>
<p class="fix"><strong>Fix</strong> ${prose(fix)}</p>
<details${isOpen ? html` open` : undefined}>
<summary>${counted(findings.length, 'finding')}${exempt > 0 ? `, ${exempt} of them exempt` : undefined}</summary>
<ol class="plain findings">
${findings.map(finding => item(finding, index))}</ol>
</details>
</article>
`;
}

function item(finding: ReportedFinding, index: PageIndex): Markup {
  return html`<li id="${index.findingAnchorOf.get(finding)}" tabindex="-1">
<p class="about">${about(finding, index)} ${finding.exemption ? badge('exempt', 'exempt') : undefined}${finding.isFailing ? badge('error', 'fails the synthesis') : undefined}</p>
<p>${prose(finding.message)}</p>
${finding.calls ? scriptOf(finding.calls) : undefined}
${place(finding)}
${finding.exemption ? html`<p class="exemption">${exemption(finding.exemption)}</p>` : undefined}
</li>
`;
}

/** The resource of a finding. A resource that is not in the report is shown with its path or id. */
function about({ resource, path }: ReportedFinding, index: PageIndex): Content {
  const reported = resource === undefined ? undefined : index.resourceOf.get(resource);
  if (reported) {
    return [html`<a href="#${index.anchorOf.get(reported)}">${code(reported.path ?? reported.logicalId)}</a> `, html`<span class="muted">${prose(reported.type)}</span>`];
  }
  return path === '' || (path ?? resource) === undefined ? 'the app' : code(path ?? resource!);
}

/** The location of a finding, with as much detail as is known. */
function place({ location, template, line, sdk }: ReportedFinding): Content {
  if (sdk) { return html`<p class="facts muted"><span>in ${code(`${sdk.file}:${sdk.line}`)}</span></p>`; }
  if (location === '' && template === undefined) { return undefined; }
  return html`<p class="facts muted">${location === '' ? undefined : html`<span>at ${code(location)}</span>`}
${template === undefined ? undefined : html`<span>in ${code(line === undefined ? template : `${template}:${line}`)}</span>`}</p>`;
}
