import type { ReportedLauncherUsage, ReportedUsage, ReportedWatch, UsageTotals } from '../reported-usage';
import { badge, mark, USAGE_MARKS } from './marks';
import type { Content, Markup } from './markup';
import { html } from './markup';
import { code, counted, prose, thousands } from './texts';

/** The most instances and Regions that are named. */
const MOST_NAMED = 10;

/** The totals of the usage records, and the Regions that are monitored. */
export function usageCard(totals: UsageTotals, watches: readonly ReportedWatch[]): Markup {
  const counts = [
    ['required', totals.required], ['ready', totals.ready], ['in use', totals.inUse], ['broken', totals.broken], ['unknown', totals.unknown],
  ] as const;
  return html`<div class="card"><h3>${counted(totals.mayTurnOver, 'launcher')} may require IMDSv2</h3>
<p>According to the usage records, these may require IMDSv2, but the templates do not require it yet. All launchers, by the use of IMDSv1 on their instances:</p>
<ul class="counts">${counts.map(([state, count]) => html`<li>${mark(USAGE_MARKS[state])} <strong>${thousands(count)}</strong> ${state}</li>
`)}</ul>
<ul class="plain">${watches.slice(0, MOST_NAMED).map(watch)}</ul>
${watches.length > MOST_NAMED ? html`<p class="muted">and ${counted(watches.length - MOST_NAMED, 'other Region')}</p>` : undefined}</div>`;
}

/** The state of a resource in the table. */
export function usageBadge(usage: ReportedUsage | undefined): Content {
  return usage && html`<small class="usage">${badge(USAGE_MARKS[usage.state], BADGES[usage.state])}</small>`;
}

/** The badge of each state. The words make clear that the state is about running instances, not about templates. */
const BADGES: { readonly [state in ReportedUsage['state']]: string } = {
  'required': 'on IMDSv2', 'ready': 'ready', 'in use': 'IMDSv1 in use', 'broken': 'IMDSv1 refused', 'unknown': 'use unknown',
};

/** The usage of a resource: each of its launchers, and what is not known. */
export function usageDetails({ state, because, launchers, doubts }: ReportedUsage): Content {
  const isShownBelow = launchers.some(each => each.because === because) || doubts.some(doubt => doubt.startsWith(because));
  return [
    isShownBelow ? undefined : html`<p>${mark(USAGE_MARKS[state])} ${state}: ${prose(because)}</p>`,
    launchers.length > 0 ? html`<ul class="plain">${launchers.map(launcher)}</ul>` : undefined,
    doubts.length > 0 ? html`<ul class="plain">${doubts.map(doubt => html`<li>${mark('unknown')} unknown: ${prose(doubt)}</li>`)}</ul>` : undefined,
  ];
}

function watch({ account, region, watchedSince, watchedUntil, quietDays, error }: ReportedWatch): Markup {
  const watched = watchedSince === undefined || watchedUntil === undefined
    ? 'no data yet'
    : ['watched from ', time(watchedSince), ' to ', time(watchedUntil), `, ready after ${counted(quietDays, 'quiet day')}`];
  return html`<li>${code(region)} of ${code(account)}: ${watched}${error === undefined ? undefined : ['; the last run could not read it: ', prose(error)]}</li>
`;
}

function launcher(known: ReportedLauncherUsage): Markup {
  const { kind, name, account, region, state, because, running, calling, lastCallAt, lastRejectedAt, callers } = known;
  const facts: Content[] = [
    `${counted(running, 'running instance')}${calling > 0 ? `, ${thousands(calling)} calling` : ''}`,
    ...lastCallAt === undefined ? [] : [['last call ', time(lastCallAt)]],
    ...lastRejectedAt === undefined ? [] : [['last refused ', time(lastRejectedAt)]],
    ...callers.length === 0 ? [] : [callers.slice(0, MOST_NAMED).map(id => [code(id), ' '])],
  ];
  return html`<li>${mark(USAGE_MARKS[state])} ${state}: the ${prose(kind)} ${code(name)} in ${code(region)} of ${code(account)}: ${prose(because)}
<small class="facts">${facts.map(fact => html`<span>${fact}</span>`)}</small></li>
`;
}

/** `2026-01-14 21:00 UTC`. */
function time(at: string): Markup {
  return html`<time datetime="${at}">${at.replace(/^([\d-]{10})T(\d\d:\d\d).*/, '$1 $2 UTC')}</time>`;
}
