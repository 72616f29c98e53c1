import { grouped } from '../model/grouped';
import { MarkdownPage } from './markdown-page';
import { code, fenced, link, prose } from './markdown-text';
import type { Report, ReportedStack, Totals } from './report';
import type { ReportedCall, ReportedExemption, ReportedFinding } from './reported-finding';
import type { ReportedUsage } from './reported-usage';
import { linesOf } from './script-lines';
import { sdkLists } from './sdks';

/** An invisible comment. A program that posts the report finds its earlier comment with it, and replaces that comment. */
const MARKER = '<!-- cdk-imdsv2-report -->';
/** The most lines of one kind that are visible. The others can be unfolded. */
const SHOWN = 10;
/** The most stacks that are named, because the findings are more important. */
const STACKS = 60;
/** The most calls of a script that are shown. */
const CALLS = 10;

/** The most instances that are named as callers of IMDSv1. */
const CALLERS = 3;
const NOT_READY: readonly ReportedUsage['state'][] = ['in use', 'broken', 'unknown'];

/** The groups of findings, the most urgent first. */
const GROUPS: readonly { readonly title: string; has(finding: ReportedFinding): boolean }[] = [
  { title: ':x: Fails the synthesis', has: ({ isFailing }) => isFailing },
  { title: ':warning: Errors that do not fail the synthesis', has: ({ isFailing, severity, exemption }) => !isFailing && severity === 'error' && !exemption },
  { title: ':warning: Warnings', has: ({ isFailing, severity, exemption }) => !isFailing && severity === 'warning' && !exemption },
  { title: 'Exempt findings', has: ({ isFailing, exemption }) => !isFailing && exemption !== undefined },
];

/** The report as a comment on a pull request. */
export function markdownReport(report: Report): string {
  const { tool, day } = report;
  const page = new MarkdownPage(`\n<sub>${tool.name} ${prose(tool.version)}, with the exemptions of ${prose(day)}</sub>\n`);
  page.add([MARKER, `## ${headline(report)}`, '', totalsLine(report.totals), ...usageLine(report.totals), ''], 'lines');
  addStacks(page, report.stacks);
  for (const { title, has } of GROUPS) { addFindings(page, title, report.findings.filter(has)); }
  addUsage(page, report);
  addSdks(page, report);
  addUnseen(page, report);
  addExemptions(page, report);
  addOverwritten(page, report);
  addNotVisible(page, report);
  addRulesOff(page, report);
  return page.toString();
}

function headline({ success, totals, findings }: Report): string {
  const failing = findings.filter(({ isFailing }) => isFailing).length;
  const open = findings.filter(({ exemption }) => !exemption).length;
  if (!success || failing > 0) { return `:x: IMDSv2: ${counted(failing, 'finding')} ${failing === 1 ? 'fails' : 'fail'} the synthesis`; }
  if (open > 0) { return `:warning: IMDSv2: nothing fails the synthesis, ${counted(open, 'finding')} to look at`; }
  if (totals.resources === 0) { return ':white_check_mark: IMDSv2: nothing in this app launches instances'; }
  return totals.required === totals.resources ? ':white_check_mark: IMDSv2 is required everywhere' : ':white_check_mark: IMDSv2: nothing fails the synthesis';
}

function totalsLine({ resources, required, notRequired, undecided, exempt, errors, warnings }: Totals): string {
  const others = notRequired + undecided;
  const ofThese = exempt > 0 ? `, ${exempt} of these ${others} exempt` : '';
  return `IMDSv2 required: **${required} of ${counted(resources, 'resource')}**, not required: ${notRequired}, undecided: ${undecided}${ofThese}. `
    + `Findings that are not exempt: **${counted(errors, 'error')}, ${counted(warnings, 'warning')}**.`;
}

/** The number of launchers that may require IMDSv2, if there is a usage record. */
function usageLine({ usage }: Totals): string[] {
  if (!usage) { return []; }
  const { mayTurnOver, required, ready, inUse, broken, unknown } = usage;
  return ['', `According to the usage records, **${counted(mayTurnOver, 'launcher')} may require IMDSv2**: `
    + `required already: ${required}, ready: ${ready}, in use: ${inUse}, broken: ${broken}, unknown: ${unknown}.`];
}

/** Adds the launchers that are not ready, and why. */
function addUsage(page: MarkdownPage, { resources }: Report): void {
  const items = resources.flatMap(({ isLauncher, usage, path, logicalId, template }) => isLauncher && usage && NOT_READY.includes(usage.state)
    ? [`- **${usage.state}**: ${code(path ?? logicalId)} in ${code(template)}: ${prose(usage.because)}${lastOf(usage)}`] : []);
  page.add(items.slice(0, SHOWN), 'launchers that use IMDSv1', `\n### Use of IMDSv1 (${items.length})\n\n`);
  page.add(items.slice(SHOWN), 'launchers that use IMDSv1', '\n<details><summary>more</summary>\n\n', '\n</details>\n');
}

/** How many instances call IMDSv1, the time of the last call, and the ids of some callers. */
function lastOf({ launchers }: ReportedUsage): string {
  const calling = launchers.reduce((sum, launcher) => sum + launcher.calling, 0);
  const [last] = launchers.flatMap(({ lastCallAt, lastRejectedAt }) => lastCallAt ?? lastRejectedAt ?? []).sort().reverse();
  const callers = launchers.flatMap(launcher => launcher.callers).slice(0, CALLERS);
  return [
    ...calling > 0 ? [`; ${counted(calling, 'running instance')}`] : [],
    ...last === undefined ? [] : [`; last at ${prose(last)}`],
    ...callers.length > 0 ? [`; ${callers.map(code).join(' ')}`] : [],
  ].join('');
}

function addStacks(page: MarkdownPage, stacks: readonly ReportedStack[]): void {
  const rows = stacks.map(({ template, path, name, region, totals }) => row([
    code(path ?? name ?? template),
    region === undefined ? '' : code(region),
    ...[totals.resources, totals.required, totals.notRequired, totals.undecided, totals.exempt, totals.errors, totals.warnings].map(String),
  ]));
  const header = tableHeader(['Stack', 'Region', 'Resources', 'Required', 'Not required', 'Undecided', 'Exempt', 'Errors', 'Warnings']);
  const opening = rows.length > SHOWN ? `<details><summary>${counted(rows.length, 'stack')}</summary>\n\n${header}` : header;
  page.add(rows.slice(0, STACKS), 'stacks', opening, rows.length > SHOWN ? `${moreStacks(rows.length - STACKS)}\n</details>\n` : '');
}

function moreStacks(count: number): string {
  return count > 0 ? `\nand ${count} more\n` : '';
}

/** Adds findings by rule, so that the fix of a rule appears once. */
function addFindings(page: MarkdownPage, title: string, findings: readonly ReportedFinding[]): void {
  let heading = `\n### ${title} (${findings.length})\n`;
  for (const [rule, all] of grouped(findings.map(finding => [finding.rule, finding]))) {
    const [{ fix, see }] = all;
    const items = all.map(findingItem);
    page.add(items.slice(0, SHOWN), 'findings', `${heading}\n${code(rule)}: ${prose(fix)} (${link('read on', see)})\n\n`);
    page.add(items.slice(SHOWN), 'findings', '\n<details><summary>more</summary>\n\n', '\n</details>\n');
    heading = '';
  }
}

function findingItem({ path, resource, template, line, message, calls, sdk }: ReportedFinding): string {
  const what = path ?? resource?.slice(resource.indexOf('#') + 1);
  const inTemplate = template === undefined ? '' : code(line === undefined ? template : `${template}:${line}`);
  const place = sdk ? code(`${sdk.file}:${sdk.line}`) : inTemplate;
  const subject = what === undefined || what === '' ? '' : code(what);
  return `- ${[subject, place].filter(Boolean).join(' in ')}${subject || place ? ': ' : ''}${prose(message)}${calls ? script(calls) : ''}`;
}

/** The lines of the script with the calls marked, and each call for IMDSv2. */
function script(calls: readonly ReportedCall[]): string {
  const shown = calls.slice(0, CALLS);
  const lines = linesOf(shown).map(each => each ? `${each.isCall ? '>' : ' '} ${String(each.line).padStart(4)} | ${each.text}` : '  ...');
  const commands = [...new Set(shown.flatMap(({ tokenCommand }) => tokenCommand ?? [])), ...shown.flatMap(({ line, rewritten }) => rewritten === undefined ? [] : [`# line ${line}\n${rewritten}`])];
  return `\n\n${fenced(lines.join('\n'), 'text')}${commands.length > 0 ? `\n\n  For IMDSv2:\n\n${fenced(commands.join('\n'), 'sh')}` : ''}\n`;
}

/** Adds the SDKs and files without a finding. An SDK on an instance that is too old is a finding, so it is not among them. */
function addSdks(page: MarkdownPage, report: Report): void {
  for (const { title, meaning, items } of sdkLists(report)) {
    const lines = items.map(({ name, place, why }) => `- ${code(name)}${place === undefined ? ' ' : ` in ${code(place)}: `}${prose(why)}`);
    page.add(lines.slice(0, SHOWN), 'SDKs', `\n### ${title} (${items.length})\n\n${meaning}\n\n`);
    page.add(lines.slice(SHOWN), 'SDKs', '\n<details><summary>more</summary>\n\n', '\n</details>\n');
  }
}

function addUnseen(page: MarkdownPage, { unseenScripts }: Report): void {
  const items = unseenScripts.map(({ path, resource, location, line, url }) => `- ${code(url)} in line ${line} of ${code(location)} in ${code(path ?? resource)}`);
  const heading = `\n### Not seen (${items.length})\n\nScripts of this app download and run these. The report does not check whether they call IMDSv1.\n\n`;
  page.add(items.slice(0, SHOWN), 'scripts', heading);
  page.add(items.slice(SHOWN), 'scripts', '\n<details><summary>more</summary>\n\n', '\n</details>\n');
}

function addExemptions(page: MarkdownPage, { resources, findings }: Report): void {
  const all = [...findings.flatMap(({ exemption }) => exemption ? [exemption] : []), ...resources.flatMap(({ exemptions }) => exemptions)];
  const rows = [...new Set(all.map(exemptionRow))];
  const header = tableHeader(['Rule', 'Written on', 'Reason', 'Owner', 'Ticket', 'Ends on']);
  page.add(rows.slice(0, SHOWN), 'exemptions', `\n### Exemptions (${rows.length})\n\n${header}`);
  page.add(rows.slice(SHOWN), 'exemptions', `\n<details><summary>more</summary>\n\n${header}`, '\n</details>\n');
}

function exemptionRow({ rule, scope, reason, owner, ticket, expires }: ReportedExemption): string {
  return row([code(rule), scope === '' ? 'the app' : code(scope), ...[reason, owner ?? '', ticket ?? '', expires ?? 'never'].map(prose)]);
}

/** Adds the parameters and conditions that the owner of a resource can delete. */
function addOverwritten(page: MarkdownPage, { resources }: Report): void {
  const items = resources.flatMap(({ overwritten = [], path, logicalId, template }) => overwritten.map(({ kind, name }) =>
    `- the ${kind} ${code(name)} of ${code(template)} no longer sets tokens of ${code(path ?? logicalId)}`));
  page.add(items, 'overwritten parameters', `\n### Overwritten: delete if nothing else uses it (${items.length})\n\n`);
}

function addNotVisible(page: MarkdownPage, { notVisible }: Report): void {
  const items = notVisible.map(({ kind, path, logicalId, template, line }) => `- the ${kind} ${code(path ?? logicalId)} in ${code(`${template}:${line}`)}`);
  page.add(items, 'parts that are not visible', `\n### Not visible, and not checked (${items.length})\n\n`);
}

function addRulesOff(page: MarkdownPage, { rulesOff }: Report): void {
  page.add(rulesOff.map(({ rule, reason }) => `- ${code(rule)}: ${prose(reason)}`), 'switched off rules', `\n### Switched off (${rulesOff.length})\n\n`);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function tableHeader(names: readonly string[]): string {
  return `${row(names)}\n${row(names.map(() => '---'))}\n`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
