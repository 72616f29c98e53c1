import type { Report } from '../report';
import type { SdkList } from '../sdks';
import { sdkLists } from '../sdks';
import type { Markup } from './markup';
import { html } from './markup';
import { code, prose, thousands } from './texts';

/** The most items of each list. */
const MOST = 100;

/** The SDKs and files without a finding. Empty if there are none. */
export function sdkCards(report: Report): readonly Markup[] {
  return sdkLists(report).map(card);
}

function card({ title, meaning, items }: SdkList): Markup {
  return html`<div class="card"><h3>${title} (${thousands(items.length)})</h3>
<p>${meaning}</p>
<ul class="plain">${items.slice(0, MOST).map(({ name, place, why }) =>
  html`<li>${code(name)} <span class="muted">${place === undefined ? undefined : html`in ${code(place)}: `}${prose(why)}</span></li>
`)}</ul></div>`;
}
