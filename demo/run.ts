/**
 * Synthesizes the examples without and with `Imdsv2.enforce(app)`, and shows the difference: `npm run demo`. The last part is the report of
 * a check over all examples.
 */
import { join, relative } from 'path';
import type { Example } from '../examples';
import { EXAMPLES } from '../examples';
import type { Totals } from '../src/report/report';
import { RECORDS } from '../src/resources/all-records';
import { guardrailsExample } from './guardrails';
import type { Launcher } from './launchers';
import { launchersOf, shortened } from './launchers';
import { repairExample } from './repair';
import type { Synthesis } from './synthesis';
import { REPORTS, synthesize } from './synthesis';
import { renderTable, wrap } from './table';
import { transitionExample } from './transition';

const WIDTH = 118;
/** The types with their own hop limit. */
const HOLDS_HOP_LIMIT = new Set(RECORDS.flatMap(({ type, carriers }) => carriers.some(({ dialect }) => dialect.fields.hopLimit) ? [type] : []));
const LEGEND = `
Every resource of the examples that launches instances or defines how: without Imdsv2.enforce(app) -> with it.
Tokens: 'required', '2' and 'true' all mean that IMDSv2 is required, in the words of each service. 'as deployed': the resource uses a version of the launch
template that the app does not change. 'unset': the account and the AMI decide. 'by AMI': the AMI decides, unless the account has a default.`;
/** Short names of the signs that a resource runs containers. */
const CONTAINER_REASONS = [
  'ContainerHost', 'ECS capacity provider', 'EKS node group', 'Batch compute environment', 'container image', 'user data', 'AWS::CloudFormation::Init',
  'optimized-ami', 'bottlerocket',
];
/** The directory of the cloud assembly of all examples, with the reports. */
const OUTPUT = join(__dirname, '..', 'cdk.out', 'demo');

async function main(): Promise<void> {
  print(LEGEND);
  const counts = EXAMPLES.map(show);
  const total = counts.reduce((sum, { all }) => sum + all, 0);
  const before = counts.reduce((sum, count) => sum + count.before, 0);
  const after = counts.reduce((sum, count) => sum + count.after, 0);
  print(`Resources that require IMDSv2: ${before} of ${total} without Imdsv2.enforce(app), ${after} of ${total} with it.`);
  print(`Resources added or removed: ${counts.reduce((sum, { moved }) => sum + moved, 0)}.`);
  showReport();
  showTransition();
  await showRepair();
  showGuardrails();
}

/** Checks all examples as one app, and prints the path of the report. */
function showReport(): void {
  const { directory, report } = synthesize(EXAMPLES, true, OUTPUT);
  print('\nReport: Imdsv2.check(app), after Imdsv2.enforce(app)\n');
  const named = report.stacks.map(({ path, template, totals }): [string, Totals] => [path ?? template, totals]);
  print(renderTable(
    ['stack', 'resources', 'required', 'not required', 'undecided', 'exempt', 'errors', 'warnings'],
    [...named, ['all', report.totals] as const].map(([name, totals]) => [name, ...columnsOf(totals)]),
  ));
  const [page, ...others] = REPORTS.map(({ fileName }) => fileName);
  print(`\nOpen this report in a browser: ${relative('.', join(directory, page))}`);
  print(`Other formats in the same folder: ${others.join(', ')}.`);
}

/** Shows how a usage record of IMDSv1 changes the enforcement of an app. */
function showTransition(): void {
  print('\ntransition: Imdsv2.enforce(shop, { onlyWhereReady: usage }), with a record of Imdsv1UsageMonitor\n');
  print(renderTable(
    ['resource', 'state', 'because', 'tokens'],
    transitionExample().map(({ name, usage: { state, because }, tokens }) => [name, state, because, tokens]),
  ));
}

/** Shows the plan that the state machine of a repair writes. */
async function showRepair(): Promise<void> {
  const { entries, waves, repairFirst } = await repairExample();
  print('\nrepair: the plan of ImdsRepair, from a run of its state machine in a simulated Region\n');
  print(renderTable(
    ['instance', 'name', 'state', 'because', 'hop limit'],
    entries.map(({ id, what, is, because, containers }) => [id, what, is, because, is === 'ready' && containers ? `1 -> 2, for ${containers}` : '']),
  ));
  print(`\nInstances in each wave: ${waves.join(', ')}. Repair these first, because they would launch new instances with IMDSv1: ${repairFirst.join(', ')}.`);
}

/** Lists the guardrails of the example. */
function showGuardrails(): void {
  const { guardrails, warnings } = guardrailsExample();
  print('\nguardrails: an organization in its management account, and a single account\n');
  for (const { stack, type, reaches, says } of guardrails) { print(wrap(`- ${stack}, ${type}, for ${reaches}: ${says}`, WIDTH, '    ')); }
  print('\nWarnings:');
  for (const warning of warnings) { print(wrap(`- ${warning}`, WIDTH, '    ')); }
  print('');
}

function columnsOf({ resources, required, notRequired, undecided, exempt, errors, warnings }: Totals): string[] {
  return [resources, required, notRequired, undecided, exempt, errors, warnings].map(String);
}

/** The results of one example, without and with the line. */
interface Count {
  readonly all: number;
  readonly before: number;
  readonly after: number;
  /** The number of logical ids that are in only one of the two syntheses. */
  readonly moved: number;
}

/** Prints one example, and counts. */
function show(example: Example): Count {
  const bare = synthesize([example], false);
  const enforced = synthesize([example], true);
  const before = launchersOf(bare.report);
  const after = launchersOf(enforced.report);
  print(`\n${example.name}: ${example.title}\n`);
  print(renderTable(
    ['resource', 'type', 'launches from (version)', 'tokens', 'hop limit', 'runs containers'],
    after.map((launcher, index) => row(before[index], launcher)),
  ));
  listContainerHosts(after);
  listExempt(enforced);
  listWarnings('A deployment replaces', enforced, text => text.includes('Imdsv2::Replaces'));
  listWarnings('Other warnings', enforced, text => !text.includes('Imdsv2::Replaces'));
  print('');
  const count = (launchers: readonly Launcher[]) => launchers.filter(({ isRequired }) => isRequired).length;
  return { all: after.length, before: count(before), after: count(after), moved: movedIds(bare, enforced) };
}

function movedIds({ resources: ids }: Synthesis, { resources: otherIds }: Synthesis): number {
  return [...ids].filter(id => !otherIds.has(id)).length + [...otherIds].filter(id => !ids.has(id)).length;
}

function row(before: Launcher, after: Launcher): string[] {
  return [
    after.path,
    after.type.replace('AWS::', ''),
    after.launchesFrom,
    before.tokens === after.tokens ? after.tokens : `${before.tokens} -> ${after.tokens}`,
    before.hopLimit === after.hopLimit ? after.hopLimit : `${before.hopLimit} -> ${after.hopLimit}`,
    CONTAINER_REASONS.filter(words => after.containers.some(reason => reason.includes(words))).join(', '),
  ];
}

function listContainerHosts(launchers: readonly Launcher[]): void {
  const hosts = launchers.filter(({ containers, type }) => containers.length > 0 && HOLDS_HOP_LIMIT.has(type));
  if (hosts.length > 0) { print('\nContainer hosts, and why:'); }
  for (const { path, containers } of hosts) { print(wrap(`- ${path}: ${containers.join('; ')}`, WIDTH, '    ')); }
}

function listExempt({ exempt }: Synthesis): void {
  if (exempt.length > 0) { print('\nExempt, so not changed:'); }
  for (const { path, text } of exempt) { print(wrap(`- ${shortened(path)}: ${text}`, WIDTH, '    ')); }
}

function listWarnings(title: string, { warnings }: Synthesis, belongs: (text: string) => boolean): void {
  const listed = warnings.filter(({ text }) => belongs(text));
  if (listed.length > 0) { print(`\n${title}:`); }
  for (const { path, text } of listed) {
    const [, message, id] = /^(.*) \(https.*\[ack: (.*)\]$/.exec(text) ?? [, text, ''];
    print(wrap(`- ${shortened(path)} [${id}]: ${message}`, WIDTH, '    '));
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main();
