import type { ReportedResource, ReportedValue } from '../../reported-resource';
import type { Content, Markup } from '../markup';
import { html, joined } from '../markup';
import type { PageIndex } from '../page-index';
import { code, prose } from '../texts';

/** The name of a setting in a report. */
export type SettingKey = keyof ReportedResource['settings'];

/** The label of each setting, in the order of the columns. */
export const SETTING_LABELS: { readonly [key in SettingKey]-?: string } = {
  tokens: 'Tokens',
  hopLimit: 'Hop limit',
  endpoint: 'Endpoint',
  ipv6: 'IPv6',
  tags: 'Tags',
};

/** The settings in the order of the columns. */
export const SETTING_KEYS = Object.keys(SETTING_LABELS) as readonly SettingKey[];

/** The possible values of a setting. Each value appears once. */
export function values(possible: readonly ReportedValue[] | undefined): Markup {
  if (!possible || possible.length === 0) { return html`<span class="muted"><span aria-hidden="true">–</span><span class="heard">has none</span></span>`; }
  const words = new Map(possible.map(one => [`${one.kind} ${one.value} ${one.unlessAccountDefault}`, [value(one), doubt(one)]]));
  return html`<span class="values">${joined([...words.values()], html` <span class="muted">or</span> `)}</span>`;
}

/** The possible values of a setting, each with its origin. */
export function origins(possible: readonly ReportedValue[], index: PageIndex): Markup {
  return html`<ul class="plain">${possible.map(one => html`<li>${value(one)}<span class="from">${one.kind === 'set' ? ' from ' : ': '}${origin(one, index)}</span></li>`)}</ul>`;
}

/** The sort key of the values. Set values come before unset values. */
export function sortKey(possible: readonly ReportedValue[] | undefined): string {
  const keys = possible?.map(one => one.kind === 'set' ? `1 ${one.value}`.slice(0, 40) + (one.unlessAccountDefault ? ' unless' : '') : `2 ${one.kind}`);
  return keys && keys.length > 0 ? keys.join(' ') : '3';
}

function value({ kind, value: set }: ReportedValue): Content {
  return kind === 'set' ? code(String(set)) : html`<em>${kind === 'unset' ? 'not set' : kind}</em>`;
}

/** Why a value is not certain. */
function doubt({ unlessAccountDefault }: ReportedValue): Content {
  return unlessAccountDefault ? html` <small>by the AMI, unless an account default overrides it</small>` : undefined;
}

function origin({ from, fromResource }: ReportedValue, index: PageIndex): Content {
  const resource = fromResource === undefined ? undefined : index.resourceOf.get(fromResource);
  return resource ? html`<a href="#${index.anchorOf.get(resource)}">${prose(from)}</a>` : prose(from);
}
