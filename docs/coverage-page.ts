import type { SettingName } from '../src/model/settings';
import type { Dialect } from '../src/resources/dialects';
import { resourceTypeOf } from '../src/resources/resource-types';
import type { CarrierRow, MuteRow, ReferrerRow, Row, Update } from '../src/resources/rows';

/** The settings in the order of the page, and what the page calls them. */
const SETTINGS: readonly (readonly [SettingName, string])[] = [
  ['tokens', 'tokens'],
  ['hopLimit', 'hop limit'],
  ['endpoint', 'endpoint'],
  ['ipv6', 'IPv6'],
  ['tags', 'tags'],
];

/** The page that says what the library knows of every CloudFormation type: `COVERAGE.md`. */
export function coveragePage(rows: readonly Row[]): string {
  const carriers = rows.filter(row => row.kind === 'carrier');
  const referrers = rows.filter(row => row.kind === 'referrer');
  const mutes = rows.filter(row => row.kind === 'mute');
  return [
    introduction(rows),
    typesSection(rows),
    carriersSection(carriers),
    dialectsSection(carriers),
    conditionKeysSection(carriers),
    referrersSection(referrers),
    mutesSection(mutes),
  ].join('\n\n') + '\n';
}

function introduction(rows: readonly Row[]): string {
  return `<!-- Written by \`npm run docs\` out of src/resources/resource-types.ts. Change it there. -->
# Coverage

What the library knows of ${typesOf(rows).length} CloudFormation types that launch EC2 instances, or say how they are launched.
This page is written out of [the table](../src/resources/resource-types.ts) that enforcement works by.

- A **carrier** holds metadata options: IMDSv2 is required in it.
- A **referrer** launches from something else: what it names is a carrier, and that row answers for it.
- A **mute** type launches instances and has no place to say it: the library warns with \`Imdsv2::CannotBeSet\`.`;
}

function typesSection(rows: readonly Row[]): string {
  return section('Types', 'Some types are more than one of the three, depending on their properties.', table(
    ['CloudFormation type', 'Carrier', 'Referrer', 'Mute'],
    typesOf(rows).map(type => {
      const own = rows.filter(row => row.type === type);
      const mute = own.find(row => row.kind === 'mute');
      return [code(type), tick(own, 'carrier'), tick(own, 'referrer'), mute ? (isAlwaysMute(mute) ? 'yes' : 'sometimes') : ''];
    }),
  ));
}

function carriersSection(carriers: readonly CarrierRow[]): string {
  const notes = [...new Set(carriers.map(noteOn))].filter(note => note !== undefined);
  const rows = carriers.map(row => {
    const note = noteOn(row);
    return [
      note === undefined ? code(row.type) : `${code(row.type)} (${notes.indexOf(note) + 1})`,
      code(row.block),
      row.dialect.title,
      SETTINGS.filter(([name]) => row.dialect.fields[name]).map(([, words]) => words).join(', '),
      changeWords(row.update),
    ];
  });
  const replaced = carriers.filter(row => row.replacement).map(row => `- ${code(row.type)}: ${row.replacement}.`);
  return section('Carriers', '`[]` stands for every element of a list. The last column is what a deployment does when the options change.', [
    table(['CloudFormation type', 'Place', 'Dialect', 'Settings', 'A deployment'], rows),
    ...notes.map((note, index) => `(${index + 1}) ${note}`),
    ...replaced.length > 0 ? [`What a replacement means:\n\n${replaced.join('\n')}`] : [],
  ].join('\n\n'));
}

/** What is special about a carrier that launches from a template as well. */
function noteOn(row: CarrierRow): string | undefined {
  if (row.inherits) {
    return 'A block that leaves tokens unset leaves them to the launch template, whose own row answers: '
      + 'tokens are corrected where they are set, and nothing is filled in.';
  }
  return launchesFromTemplate(row)
    ? 'With a launch template of the app that it follows, tokens are required here as well, and the template gets the other settings.'
    : undefined;
}

/** Whether a carrier is a launcher as well. */
function launchesFromTemplate({ type }: CarrierRow): boolean {
  return resourceTypeOf(type)?.referrers.some(({ references }) => references.some(({ keys }) => keys)) ?? false;
}

function dialectsSection(carriers: readonly CarrierRow[]): string {
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

function conditionKeysSection(carriers: readonly CarrierRow[]): string {
  const rows = carriers.flatMap(({ type, dialect }) => dialect.conditionKeys ? [{ type, keys: dialect.conditionKeys }] : [])
    .map(({ type, keys }) => [code(type), ...SETTINGS.map(([name]) => keys[name]).map(key => key ? code(key) : '')]);
  return section('Condition keys', 'By what an IAM statement sees the settings of a request. `ImdsStatements` is written by them; '
    + 'the other carriers have none.', table(['CloudFormation type', ...SETTINGS.map(([, words]) => capitalized(words))], rows));
}

function referrersSection(referrers: readonly ReferrerRow[]): string {
  const rows = referrers.map(row => [
    code(row.type),
    row.references.map(({ path }) => code(path)).join('<br>'),
    changeWords(row.onNewVersion),
  ]);
  return section('Referrers', 'The last column is what a deployment does with the referrer when what it names changes, '
    + 'such as the `LatestVersionNumber` of a launch template.', table(['CloudFormation type', 'Launches from', 'A deployment'], rows));
}

function mutesSection(mutes: readonly MuteRow[]): string {
  const rows = mutes.map(row => [code(row.type), conditionWords(row), capitalized(row.fallback)]);
  return section('Mute types', 'What makes these require IMDSv2 has to come from somewhere else.',
    table(['CloudFormation type', 'When', 'What governs its instances'], rows));
}

function conditionWords(row: MuteRow): string {
  const { present, absent, unless } = row.when;
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
function dialectsOf(carriers: readonly CarrierRow[]): Dialect[][] {
  const dialects = new Map<string, Dialect[]>();
  for (const { dialect } of carriers) { dialects.set(dialect.title, [...dialects.get(dialect.title) ?? [], dialect]); }
  return [...dialects.values()];
}

function typesOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map(row => row.type))].sort();
}

function isAlwaysMute({ when }: MuteRow): boolean {
  return Object.keys(when).length === 0;
}

function tick(rows: readonly Row[], kind: Row['kind']): string {
  return rows.some(row => row.kind === kind) ? 'yes' : '';
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
