import type { Report } from '../report';
import type { Markup } from './markup';
import { html } from './markup';

/** How to read the page, and where it comes from. */
export function footer({ tool, schemaVersion, day }: Report): Markup {
  return html`<footer class="page-footer"><div class="wide">
<p>Written by ${tool.name} ${tool.version} from the templates of the app alone, in the shape ${schemaVersion} of the report. Exemptions were held against ${day}.
What the account and the images say is not visible to it. This page loads nothing and sends nothing.</p>
</div></footer>`;
}
