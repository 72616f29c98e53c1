import type { Totals } from '../report';
import type { Markup } from './markup';
import { html } from './markup';

/** A part of a ring, in percent of the ring. */
interface Arc {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

/** The totals as a ring of required, not required and undecided resources. A thin inner ring shows which of them are exempt. */
export function ring(totals: Totals): Markup {
  return html`<svg class="ring" viewBox="0 0 200 200" role="img" aria-label="${inWords(totals)}">
<defs>
<pattern id="stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="ink" d="M0 0h2.5v7H0z"/></pattern>
<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse"><circle class="ink" cx="3.5" cy="3.5" r="1.5"/></pattern>
</defs>
<circle class="track" cx="100" cy="100" r="80"/>
${arcs(totals).map(arc => html`${drawn(arc, 80, 'arc')}${drawn(arc, 80, 'pattern')}`)}
${totals.exempt > 0 ? drawn(exemptArc(totals), 60, 'thin') : undefined}
<text class="percent" x="100" y="103">${percent(totals)}%</text>
<text class="caption" x="100" y="123">require IMDSv2</text>
</svg>`;
}

/** The percentage, rounded down, so that 100% means all. */
function percent({ required, resources }: Totals): number {
  return Math.floor(100 * required / resources);
}

function inWords({ resources, required, undecided, notRequired, exempt }: Totals): string {
  return `${required} of ${resources} resources require IMDSv2, ${notRequired} do not require it, ${undecided} are undecided; ${exempt} of these are exempt`;
}

function arcs({ resources, required, undecided, notRequired }: Totals): Arc[] {
  const share = (count: number) => 100 * count / resources;
  return [
    { name: 'required', start: 0, length: share(required) },
    { name: 'not-required', start: share(required), length: share(notRequired) },
    { name: 'undecided', start: share(required + notRequired), length: share(undecided) },
  ].filter(({ length }) => length > 0);
}

function exemptArc({ resources, required, exempt }: Totals): Arc {
  return { name: 'exempt', start: 100 * required / resources, length: 100 * exempt / resources };
}

/** An arc with a small gap after it, unless it is the whole ring. Even the smallest arc is wide enough to be visible. */
function drawn({ name, start, length }: Arc, radius: number, kind: string): Markup {
  const shown = length >= 99.99 ? 100 : Math.max(length - 0.6, 0.7);
  return html`<circle class="${kind} ${kind}-${name}" cx="100" cy="100" r="${radius}" pathLength="100"
 stroke-dasharray="${shown.toFixed(2)} 100" stroke-dashoffset="${(-start).toFixed(2)}" transform="rotate(-90 100 100)"/>
`;
}
