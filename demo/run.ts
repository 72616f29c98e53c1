/**
 * Synthesizes the examples without and with `Imdsv2.enforce(app)`, and shows what the one line does: `npm run demo`.
 */
import type { Example } from '../examples';
import { EXAMPLES } from '../examples';
import { ROWS } from '../src/resources/resource-types';
import type { Launcher } from './launchers';
import { launchersOf, shortened } from './launchers';
import { renderTable, wrap } from './table';
import type { Synthesis } from './templates';
import { synthesize } from './templates';

const WIDTH = 118;
/** The types whose own options say how far a token goes. */
const HOLDS_HOP_LIMIT = new Set(ROWS.flatMap(entry => entry.kind === 'carrier' && entry.dialect.fields.hopLimit ? [entry.type] : []));
const LEGEND = `
Every resource of the examples that launches instances or says how, without Imdsv2.enforce(app) -> with it.
Tokens: 'required', '2' and 'true' are how services say that IMDSv2 is required. 'as deployed': the version that is named decides, whatever stands in
the template now. 'unset': the account and the AMI decide.`;
/** What may show that something runs containers, in a word or two. */
const CONTAINER_REASONS = [
  'ContainerHost', 'ECS capacity provider', 'EKS node group', 'Batch compute environment', 'container image', 'user data', 'AWS::CloudFormation::Init',
  'optimized-ami', 'bottlerocket',
];
const WORDS_FOR_REQUIRED = new Set(['required', '2', 'true']);

function main(): void {
  print(LEGEND);
  const counts = EXAMPLES.map(show);
  const total = counts.reduce((sum, { all }) => sum + all, 0);
  const before = counts.reduce((sum, count) => sum + count.before, 0);
  const after = counts.reduce((sum, count) => sum + count.after, 0);
  print(`Of ${total} resources that launch instances or say how, ${before} required IMDSv2 without the line, and ${after} do with it.`);
  print(`Resources added or removed: ${counts.reduce((sum, { moved }) => sum + moved, 0)}.`);
}

/** What one example had before and after the line. */
interface Count {
  readonly all: number;
  readonly before: number;
  readonly after: number;
  /** How many logical ids stand in one synthesis and not in the other. */
  readonly moved: number;
}

/** Prints one example, and counts. */
function show(example: Example): Count {
  const bare = synthesize(example, false);
  const enforced = synthesize(example, true);
  const before = launchersOf(bare.templates);
  const after = launchersOf(enforced.templates);
  print(`\n${example.name}: ${example.title}\n`);
  print(renderTable(
    ['resource', 'type', 'launches from (version)', 'tokens', 'hop limit', 'runs containers'],
    after.map((launcher, index) => row(before[index], launcher)),
  ));
  listContainerHosts(after);
  listExempt(enforced);
  listWarnings('A deployment replaces', enforced, text => text.includes('Imdsv2::Replaces'));
  listWarnings('Left for you to see to', enforced, text => !text.includes('Imdsv2::Replaces'));
  print('');
  const count = (launchers: readonly Launcher[]) => launchers.filter(({ tokens }) => WORDS_FOR_REQUIRED.has(tokens)).length;
  return { all: after.length, before: count(before), after: count(after), moved: movedIds(bare, enforced) };
}

function movedIds(one: Synthesis, other: Synthesis): number {
  const idsOf = ({ templates }: Synthesis) => new Set(templates.flatMap(({ file, template }) =>
    Object.keys((template as { readonly Resources: object }).Resources).map(id => `${file}/${id}`)));
  const [ids, otherIds] = [idsOf(one), idsOf(other)];
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
  if (hosts.length > 0) { print('\nWhy containers run on the instances of:'); }
  for (const { path, containers } of hosts) { print(wrap(`- ${path}: ${containers.join('; ')}`, WIDTH, '    ')); }
}

function listExempt({ exempt }: Synthesis): void {
  if (exempt.length > 0) { print('\nExempt, and left as they are:'); }
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

main();
