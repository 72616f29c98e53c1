import type { Report } from '../report';
import { findingsSection } from './findings';
import { graphSection } from './graph/section';
import { badge, markShapes } from './marks';
import { html, Markup } from './markup';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLES, PAGE_STYLES_HASH } from './page-code.generated';
import { pageIndex } from './page-index';
import { resourcesSection } from './resources/section';
import { summarySection } from './summary';
import { counted } from './texts';

/** The content security policy of the page: only its own script and styles, and no requests. */
const CONTENT_SECURITY_POLICY =
  `default-src 'none'; script-src '${PAGE_SCRIPT_HASH}'; style-src '${PAGE_STYLES_HASH}'; base-uri 'none'; form-action 'none'`;

/** The report as one HTML page without other files. People can send it by mail, keep it, and open it from a disk. */
export function htmlPage(report: Report): string {
  const index = pageIndex(report);
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${report.tool.name} ${report.tool.version}">
<title>IMDSv2 report: ${report.success ? 'passes' : 'fails'}</title>
<style>${Markup.own(PAGE_STYLES)}</style>
</head>
<body>
${markShapes()}
${header(report)}
<main id="main" tabindex="-1">
${summarySection(report)}
${findingsSection(index)}
${graphSection(index)}
${resourcesSection(index)}
</main>
${footer(report)}
<script>${Markup.own(PAGE_SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

/** The header of the page: the result, the totals and links to the sections. */
function header({ success, totals, tool, day }: Report): Markup {
  return html`<a class="skip" href="#main">Skip to the report</a>
<header class="page-header">
<div class="wide">
<p class="kicker">${tool.name} ${tool.version} · <time datetime="${day}">${day}</time></p>
<h1>IMDSv2 report</h1>
<p class="verdict">${verdict(success, totals.errors)}
<span>${counted(totals.errors, 'error')} and ${counted(totals.warnings, 'warning')} that are not exempt.
${success ? 'They do not fail the synthesis.' : 'The synthesis fails.'}</span></p>
<nav aria-label="Parts of the report"><ul>
<li><a href="#summary">Summary</a></li>
<li><a href="#findings">Findings</a></li>
<li><a href="#graph">Launch graph</a></li>
<li><a href="#resources">Resources</a></li>
</ul></nav>
</div>
</header>`;
}

/** The result in words. If there are errors that do not fail the synthesis, it does not sound like a success. */
function verdict(success: boolean, errors: number): Markup {
  if (!success) { return badge('error', html`<strong>Fails</strong>`); }
  return errors > 0 ? badge('warning', html`<strong>Errors</strong>`) : badge('required', html`<strong>Passes</strong>`);
}

/** The footer of the page: how to read it, and what created it. */
function footer({ tool, schemaVersion, day }: Report): Markup {
  return html`<footer class="page-footer"><div class="wide">
<p>Written by ${tool.name} ${tool.version} from the templates of the app, in version ${schemaVersion} of the report format. Exemptions are evaluated for ${day}.
The app does not show the settings of accounts and images. This page loads nothing and sends nothing.</p>
</div></footer>`;
}
