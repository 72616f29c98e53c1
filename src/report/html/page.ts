import type { Report } from '../report';
import { CONTENT_SECURITY_POLICY } from './content-security-policy';
import { findingsSection } from './findings';
import { footer } from './footer';
import { graphSection } from './graph/section';
import { header } from './header';
import { html, Markup } from './markup';
import { markShapes } from './outcomes';
import { pageIndex } from './page-index';
import { resourcesSection } from './resources/section';
import { SCRIPT } from './script/script';
import { STYLES } from './styles/styles';
import { summarySection } from './summary';

/** The report as one page that needs nothing else: it can be mailed, kept, and opened from a disk. */
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
<style>${Markup.own(STYLES)}</style>
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
<script>${Markup.own(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}
