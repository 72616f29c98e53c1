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

This page lists the ${records.length} CloudFormation types that launch EC2 instances, or define how instances are launched.
It is generated from [the records](../src/resources/records) that enforcement uses.

- A **carrier** contains metadata options. The library requires IMDSv2 in these options.
- A **launcher** launches instances from another resource, such as a launch template, and uses its options.
- A **gap** launches instances without metadata options of its own. If it can use a resource that has them, you get \`Imdsv2::LaunchSourceMissing\`, else \`Imdsv2::CannotBeSet\`.`;
}

function typesSection(records: readonly ResourceRecord[]): string {
  return section('Types', 'Some types belong to more than one of the three groups, depending on their properties.', table(
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
  return section('Carriers', '`[]` stands for every element of a list. The last column says what a deployment does when the options change.', [
    table(['CloudFormation type', 'Property', 'Format', 'Settings', 'A deployment'], rows),
    ...notes.map((note, index) => `(${index + 1}) ${note}`),
    ...interrupted.length > 0 ? [`Some changes in place affect running instances:\n\n${interrupted.join('\n')}`] : [],
    ...replaced.length > 0 ? [`Effects of a replacement:\n\n${replaced.join('\n')}`] : [],
  ].join('\n\n'));
}

/** What is special about a carrier that launches from a template as well. */
function noteOn({ inherits }: Carrier, { launchesFrom }: ResourceRecord): string | undefined {
  if (inherits) {
    return 'If these options do not set tokens, those of the launch template apply: '
      + 'the library corrects tokens here only if they are set, and adds nothing.';
  }
  return launchesFrom?.references.some(({ keys }) => keys)
    ? 'If it uses the latest version of a launch template in the app, the library requires tokens here as well, and writes the other settings to the template.'
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
  return section('Formats', 'Services use different property names for the same settings.', table(
    ['Format', ...SETTINGS.map(([name, words]) => name === 'tokens' ? 'IMDSv2 is required by' : capitalized(words))], rows,
  ));
}

function conditionKeysSection(carriers: readonly Carrier[]): string {
  const rows = carriers.flatMap(({ type, dialect }) => dialect.conditionKeys ? [{ type, keys: dialect.conditionKeys }] : [])
    .map(({ type, keys }) => [code(type), ...SETTINGS.map(([name]) => keys[name]).map(key => key ? code(key) : '')]);
  return section('Condition keys', 'IAM policies can check the settings of a request with these condition keys. `ImdsStatements` uses them. '
    + 'The other carriers have no condition keys.', table(['CloudFormation type', ...SETTINGS.map(([, words]) => capitalized(words))], rows));
}

function launchersSection(records: readonly ResourceRecord[]): string {
  const rows = records.flatMap(({ type, launchesFrom }) => launchesFrom ? [[
    code(type),
    launchesFrom.references.map(({ path }) => code(path)).join('<br>'),
    changeWords(launchesFrom.onNewVersion),
  ]] : []);
  return section('Launchers', 'The last column says what a deployment does with the launcher when its reference changes, '
    + 'such as the `LatestVersionNumber` of a launch template.', table(['CloudFormation type', 'Launches from', 'A deployment'], rows));
}

function gapsSection(gaps: readonly Gap[]): string {
  const rows = gaps.map(gap => [code(gap.type), conditionWords(gap), `${capitalized(gap.governedBy)}${remedyWords(gap)} ([documentation](${gap.source}))`]);
  return section('Gaps', 'These types need another setting to require IMDSv2.',
    table(['CloudFormation type', 'When', 'What decides for its instances'], rows));
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
