import type { SettingName } from '../src/model/settings';
import type { Dialect } from '../src/resources/dialects';
import type { Carrier, Gap, ResourceRecord, Update } from '../src/resources/record';

/** The settings in the order of the page, and what the page calls them. */
const SETTINGS: readonly (readonly [SettingName, string])[] = [
  ['tokens', 'tokens'],
  ['hopLimit', 'hop limit'],
  ['endpoint', 'endpoint'],
  ['ipv6', 'IPv6'],
  ['tags', 'tags'],
];

/** The page that says what the library knows of every CloudFormation type: `COVERAGE.md`. */
export function coveragePage(records: readonly ResourceRecord[]): string {
  const carriers = records.flatMap(record => record.carriers);
  return [
    introduction(records),
    typesSection(records),
    carriersSection(records),
    dialectsSection(carriers),
    conditionKeysSection(carriers),
    launchersSection(records),
    gapsSection(records.flatMap(({ gaps }) => gaps)),
  ].join('\n\n') + '\n';
}

function introduction(records: readonly ResourceRecord[]): string {
  return `<!-- Written by \`npm run docs\` out of src/resources/records. Change it there. -->
# Coverage

What the library knows of ${records.length} CloudFormation types that launch EC2 instances, or say how they are launched.
This page is written out of [the records](../src/resources/records) that enforcement works by.

- A **carrier** holds metadata options: IMDSv2 is required in it.
- A **launcher** launches from something else: what it names is a carrier, and that record answers for it.
- A **gap** is a case in which a type launches instances and CloudFormation has no property for their metadata options: the library warns with \`Imdsv2::CannotBeSet\`.`;
}

function typesSection(records: readonly ResourceRecord[]): string {
  return section('Types', 'Some types are more than one of the three, depending on their properties.', table(
    ['CloudFormation type', 'Carrier', 'Launcher', 'Gap'],
    [...records].sort((one, other) => one.type < other.type ? -1 : 1).map(({ type, carriers, launchesFrom, gaps: [gap] }) =>
      [code(type), carriers.length > 0 ? 'yes' : '', launchesFrom ? 'yes' : '', gap ? (isAlways(gap) ? 'yes' : 'sometimes') : '']),
  ));
}

function carriersSection(records: readonly ResourceRecord[]): string {
  const noted = records.flatMap(record => record.carriers.map(row => ({ row, note: noteOn(row, record) })));
  const notes = [...new Set(noted.map(({ note }) => note))].filter(note => note !== undefined);
  const rows = noted.map(({ row, note }) => {
    return [
      note === undefined ? code(row.type) : `${code(row.type)} (${notes.indexOf(note) + 1})`,
      code(row.block),
      row.dialect.title,
      SETTINGS.filter(([name]) => row.dialect.fields[name]).map(([, words]) => words).join(', '),
      changeWords(row.update),
    ];
  });
  const replaced = noted.filter(({ row }) => row.replacement).map(({ row }) => `- ${code(row.type)}: ${row.replacement}.`);
  const interrupted = noted.filter(({ row }) => row.interruption).map(({ row }) => `- ${code(row.type)}: ${row.interruption}.`);
  return section('Carriers', '`[]` stands for every element of a list. The last column is what a deployment does when the options change.', [
    table(['CloudFormation type', 'Place', 'Dialect', 'Settings', 'A deployment'], rows),
    ...notes.map((note, index) => `(${index + 1}) ${note}`),
    ...interrupted.length > 0 ? [`What a change in place does to running instances, where it does not leave them alone:\n\n${interrupted.join('\n')}`] : [],
    ...replaced.length > 0 ? [`What a replacement means:\n\n${replaced.join('\n')}`] : [],
  ].join('\n\n'));
}

/** What is special about a carrier that launches from a template as well. */
function noteOn({ inherits }: Carrier, { launchesFrom }: ResourceRecord): string | undefined {
  if (inherits) {
    return 'A block that leaves tokens unset leaves them to the launch template, whose own record answers: '
      + 'tokens are corrected where they are set, and nothing is filled in.';
  }
  return launchesFrom?.references.some(({ keys }) => keys)
    ? 'With a launch template of the app that it follows, tokens are required here as well, and the template gets the other settings.'
    : undefined;
}

function dialectsSection(carriers: readonly Carrier[]): string {
  const rows = dialectsOf(carriers).map(dialects => {
    const tokens = dialects[0].fields.tokens;
    const others = SETTINGS.filter(([name]) => name !== 'tokens').map(([name]) => dialects.map(({ fields }) => fields[name]).find(field => field));
    return [
      dialects[0].title,
      code(`${tokens.key}: ${JSON.stringify(tokens.spell('required'))}`),
      ...others.map(field => field ? code(field.key) : ''),
    ];
  });
  return section('Dialects', 'How each one says that tokens are required, and what it calls the other settings.', table(
    ['Dialect', ...SETTINGS.map(([name, words]) => name === 'tokens' ? 'IMDSv2 is required by' : capitalized(words))], rows,
  ));
}

function conditionKeysSection(carriers: readonly Carrier[]): string {
  const rows = carriers.flatMap(({ type, dialect }) => dialect.conditionKeys ? [{ type, keys: dialect.conditionKeys }] : [])
    .map(({ type, keys }) => [code(type), ...SETTINGS.map(([name]) => keys[name]).map(key => key ? code(key) : '')]);
  return section('Condition keys', 'By what an IAM statement sees the settings of a request. `ImdsStatements` is written by them; '
    + 'the other carriers have none.', table(['CloudFormation type', ...SETTINGS.map(([, words]) => capitalized(words))], rows));
}

function launchersSection(records: readonly ResourceRecord[]): string {
  const rows = records.flatMap(({ type, launchesFrom }) => launchesFrom ? [[
    code(type),
    launchesFrom.references.map(({ path }) => code(path)).join('<br>'),
    changeWords(launchesFrom.onNewVersion),
  ]] : []);
  return section('Launchers', 'The last column is what a deployment does with the launcher when what it names changes, '
    + 'such as the `LatestVersionNumber` of a launch template.', table(['CloudFormation type', 'Launches from', 'A deployment'], rows));
}

function gapsSection(gaps: readonly Gap[]): string {
  const rows = gaps.map(gap => [code(gap.type), conditionWords(gap), `${capitalized(gap.governedBy)}${remedyWords(gap)}`]);
  return section('Gaps', 'What makes these require IMDSv2 has to come from somewhere else.',
    table(['CloudFormation type', 'When', 'What governs its instances'], rows));
}

function remedyWords({ remedy, remedyUnless }: Gap): string {
  if (!remedy) { return ''; }
  return `, unless you ${remedy}${remedyUnless ? ` (not where ${code(remedyUnless.path)} is ${remedyUnless.values.map(code).join(' or ')})` : ''}`;
}

function conditionWords({ when: { present, absent, unless } }: Gap): string {
  const words = [
    ...present ? [`with ${code(present)}`] : [],
    ...absent ? [`without ${code(absent)}`] : [],
    ...unless ? [`unless ${code(unless.path)} is ${unless.values.map(code).join(' or ')}`] : [],
  ];
  return words.join(', ') || 'always';
}

function changeWords(update: Update): string {
  switch (update) {
    case 'in place': return 'changes it in place';
    case 'new version': return 'adds a version';
    case 'replacement': return '**replaces it**';
  }
}

/** The dialects that share a title, together: one may say fewer settings than another. */
function dialectsOf(carriers: readonly Carrier[]): Dialect[][] {
  const dialects = new Map<string, Dialect[]>();
  for (const { dialect } of carriers) { dialects.set(dialect.title, [...dialects.get(dialect.title) ?? [], dialect]); }
  return [...dialects.values()];
}

function isAlways({ when }: Gap): boolean {
  return Object.keys(when).length === 0;
}

function section(title: string, text: string, body: string): string {
  return `## ${title}\n\n${text}\n\n${body}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function capitalized(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
