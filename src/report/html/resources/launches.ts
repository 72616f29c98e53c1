import type { ReportedLaunch, ReportedResource } from '../../reported-resource';
import type { Content, Markup } from '../markup';
import { html } from '../markup';
import type { LaunchedBy, PageIndex } from '../page-index';
import { nameOf } from '../page-index';
import { code, prose } from '../texts';

/** What a resource launches from, as text. */
export function launchesFrom(launches: readonly ReportedLaunch[], index: PageIndex): Markup {
  return html`<ul class="plain">${launches.map(launch => html`<li>${source(launch, index)}${howFollowed(launch)} <span class="from">set at ${code(launch.where)}</span></li>`)}</ul>`;
}

/** The launchers of a resource. */
export function launchedBy(launchers: readonly LaunchedBy[], index: PageIndex): Markup {
  return html`<ul class="plain">${launchers.map(({ launcher, launch }) => html`<li>${linked(launcher, index)}${howFollowed(launch)}</li>`)}</ul>`;
}

/** The versions that a launch names, as short as possible. */
export function versionLabel({ versions }: Pick<ReportedLaunch, 'versions'>): string {
  return versions.map(version => /^\d+$/.test(version) ? `version ${version}` : version).join(', ');
}

function source(launch: ReportedLaunch, index: PageIndex): Content {
  const resource = launch.resource === undefined ? undefined : index.resourceOf.get(launch.resource);
  if (resource) { return linked(resource, index); }
  return launch.kind === 'unknown' ? ['something unknown: ', prose(launch.name)] : [code(launch.name), ', which is not in this app'];
}

function linked(resource: ReportedResource, index: PageIndex): Markup {
  return html`<a href="#${index.anchorOf.get(resource)}">${code(nameOf(resource, index))}</a>`;
}

/** Whether a launch follows changes of its template. Only launch templates have versions, so other sources get no text. */
function howFollowed(launch: ReportedLaunch): Content {
  if (launch.versions.length === 0) { return undefined; }
  return [' (', prose(versionLabel(launch)), launch.isFollowed ? ')' : '; decided by the deployed version, not by the template in this app)'];
}
