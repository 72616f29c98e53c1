import type { Report } from '../report';
import type { Markup } from './markup';
import { html } from './markup';
import { badge } from './outcomes';
import { counted } from './texts';

/** What the page is about and how it went, and the ways to its parts. */
export function header({ success, totals, tool, day }: Report): Markup {
  return html`<a class="skip" href="#main">Skip to the report</a>
<header class="page-header">
<div class="wide">
<p class="kicker">${tool.name} ${tool.version} · <time datetime="${day}">${day}</time></p>
<h1>IMDSv2 report</h1>
<p class="verdict">${verdict(success, totals.errors)}
<span>${success ? 'Nothing was found that fails the synthesis' : 'What was found fails the synthesis'}:
${counted(totals.errors, 'error')} and ${counted(totals.warnings, 'warning')} that no exemption covers.</span></p>
<nav aria-label="Parts of the report"><ul>
<li><a href="#summary">Summary</a></li>
<li><a href="#findings">Findings</a></li>
<li><a href="#graph">Launch graph</a></li>
<li><a href="#resources">Resources</a></li>
</ul></nav>
</div>
</header>`;
}

/** Errors that fail nothing are no reason to cheer. */
function verdict(success: boolean, errors: number): Markup {
  if (!success) { return badge('error', html`<strong>Fails</strong>`); }
  return errors > 0 ? badge('warning', html`<strong>Does not fail</strong>`) : badge('required', html`<strong>Passes</strong>`);
}
