import { RECORDS } from '../../src/resources/all-records';
import type { LaunchesFrom, Update } from '../../src/resources/record';
import { recordOf } from '../../src/resources/record-table';
import type { Replacement, SpecPlace } from './service-spec';
import { ServiceSpec } from './service-spec';

/** Names that indicate metadata options, in any spelling. */
const SMELL = new RegExp('imds|metadata_?options|metadata_?service|ec2_?metadata|instance_?metadata|hop_?limit|http_?tokens'
  + '|^http_?endpoint$|^http_?protocol_?ipv6$', 'i');

/** Descriptions that indicate metadata options, to find properties with unexpected names. */
const SMELLING_TEXT = /\bimds|instance metadata|metadata service/i;

/** Names of properties with a source of launches. */
const LAUNCH_SOURCE = /launch_?template|^launch_?configuration/i;

/** Places that look like metadata options and are none, with reasons. */
const NOT_METADATA_OPTIONS: { readonly [place: string]: string } = {
  'AWS::ECS::CapacityProvider ManagedInstancesProvider.InstanceLaunchTemplate.InstanceMetadataTagsPropagation':
    'what puts tags of managed instances into the metadata: tags that break their launch are found by it',
  'AWS::Batch::ComputeEnvironment ComputeResources.ManagedInstancesProvider.InstanceLaunchTemplate.InstanceMetadataTagsPropagation':
    'what puts tags of managed instances into the metadata: tags that break their launch are found by it',
  'AWS::AutoScaling::LaunchConfiguration UserData': 'a link to the guide, which treats user data on the same page',
  'AWS::SSMQuickSetup::ConfigurationManager ConfigurationDefinitions[].Parameters': 'inventory: what the SSM agent collects about an instance',
};

/** Places that name a launch template and launch nothing from it, with reasons. */
const NOT_LAUNCHING: { readonly [place: string]: string } = {
  'AWS::EC2::LaunchTemplate LaunchTemplateName': 'its own name',
  'AWS::AutoScaling::LaunchConfiguration LaunchConfigurationName': 'its own name',
  'AWS::ImageBuilder::DistributionConfiguration Distributions[].LaunchTemplateConfigurations':
    'templates that get the new image as another version: written to, not launched from',
};

/** Records that differ from the specification about an update, with reasons. */
const OTHER_UPDATE: { readonly [type: string]: string } = {
  'AWS::EC2::LaunchTemplate': 'an update makes a new version, which matters to those who launch from it',
};

/** Carriers that the specification does not have yet. The L1 of aws-cdk-lib has them, as typed-names.test.ts shows. */
const AHEAD_OF_SPEC = ['AWS::AppStream::AppBlockBuilder DisableIMDSV1'];

/** The specification's words for the updates of the table. */
const UPDATES: { readonly [replacement in Replacement]: readonly Update[] } = {
  no: ['in place'],
  yes: ['replacement'],
  maybe: ['in place', 'replacement'],
};

const spec = new ServiceSpec();
const carriers = RECORDS.flatMap(record => record.carriers);
const launchers = RECORDS.flatMap(({ type, launchesFrom }) => launchesFrom ? [{ type, ...launchesFrom }] : []);
const gaps = RECORDS.flatMap(record => record.gaps);
const specified = carriers.filter(row => !AHEAD_OF_SPEC.includes(`${row.type} ${row.block}`));

describe('every place in the service specification for metadata options is in the table', () => {
  test('the specification exists, and contains the known places', () => {
    expect(spec.types.length).toBeGreaterThan(1500);
    expect(spec.placeAt('AWS::EC2::EC2Fleet', 'LaunchTemplateConfigs[].Overrides[].MetadataOptions.HttpTokens')).toBeDefined();
  });

  test('properties whose name indicates metadata options', () => {
    expect(straysAmong(place => SMELL.test(lastName(place)), isCarried, NOT_METADATA_OPTIONS)).toEqual([]);
  });

  test('properties whose description indicates metadata options', () => {
    expect(straysAmong(place => SMELLING_TEXT.test(place.property.documentation ?? ''), isCarried, NOT_METADATA_OPTIONS)).toEqual([]);
  });

  test('properties that name a launch template or a launch configuration', () => {
    expect(straysAmong(place => LAUNCH_SOURCE.test(lastName(place)), isKnownToLaunch, NOT_LAUNCHING)).toEqual([]);
  });

  test('the exceptions are in the specification, and the missing ones are still missing', () => {
    const listed = [...Object.keys(NOT_METADATA_OPTIONS), ...Object.keys(NOT_LAUNCHING)];
    expect(listed.filter(place => !spec.placeAt(...split(place)))).toEqual([]);
    expect(AHEAD_OF_SPEC.filter(place => spec.placeAt(...split(place)))).toEqual([]);
  });

  test('the specification still leaves some values open: the JSON document of EMR and the options of Elastic Beanstalk', () => {
    expect(spec.placeAt('AWS::EMR::SecurityConfiguration', 'SecurityConfiguration')?.property.type)
      .toEqual({ type: 'union', types: [{ type: 'json' }, { type: 'string' }] });
    for (const type of ['AWS::ElasticBeanstalk::Environment', 'AWS::ElasticBeanstalk::ConfigurationTemplate']) {
      expect(spec.namesBelow(type, 'OptionSettings[]')).toEqual(expect.arrayContaining(['Namespace', 'OptionName', 'Value']));
    }
  });
});

describe('every record agrees with the service specification', () => {
  test('its type exists', () => {
    expect(RECORDS.map(({ type }) => type).filter(type => !spec.types.includes(type))).toEqual([]);
  });

  test('its places exist', () => {
    const places = [
      ...specified.map(row => [row.type, row.block]),
      ...launchers.flatMap(({ type, references }) => references.map(({ path }) => [type, path])),
      ...gaps.flatMap(({ type, when }) => [when.present, when.absent, when.unless?.path].flatMap(path => path ? [[type, path]] : [])),
    ];
    expect(places.filter(([type, path]) => !spec.placeAt(type, path))).toEqual([]);
  });

  test.each(specified.filter(row => /^(HTTP options|minimum version)$/.test(row.dialect.title)).map(row => [row.type, row] as const))(
    'the dialect of %s has exactly the settings of the block', (type, row) => {
      expect(Object.values(row.dialect.fields).map(field => field.key).sort()).toEqual(spec.namesBelow(type, row.block).sort());
    });

  test('a change of its settings has the recorded effect on the resource', () => {
    const wrong = specified.filter(row => !OTHER_UPDATE[row.type])
      .filter(row => !UPDATES[spec.placeAt(row.type, row.block)!.replacement].includes(row.update));
    expect(wrong.map(row => `${row.type}: ${row.update}`)).toEqual([]);
  });

  test('another version of its launch template has the recorded effect on the launcher', () => {
    const wrong = launchers.filter(row => versionsOf(row).some(({ replacement }) => !UPDATES[replacement].includes(row.onNewVersion)));
    expect(wrong.map(row => `${row.type}: ${row.onNewVersion}`)).toEqual([]);
  });

  test('every key of a launch template specification exists, and none is missing', () => {
    const keysOf = ({ type, path, keys }: { type: string; path: string; keys?: object }) => keys
      ? [{ type, path, expected: Object.values(keys).sort(), there: spec.namesBelow(type, path).filter(name => /version$|id$|^(launchtemplate)?name$/i.test(name)).sort() }]
      : [];
    const places = launchers.flatMap(row => row.references.flatMap(reference => keysOf({ type: row.type, ...reference })));
    expect(places.filter(({ expected, there }) => JSON.stringify(expected) !== JSON.stringify(there))).toEqual([]);
    expect(places.length).toBeGreaterThan(8);
  });

  test('only replacements have an explanation', () => {
    expect(carriers.filter(row => (row.update === 'replacement') !== (row.replacement !== undefined)).map(row => row.type)).toEqual([]);
  });

  test('no place is repeated', () => {
    const names = carriers.map(row => `${row.type} ${row.block}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

/** The outermost places that look like metadata options, and that neither a record nor an exception covers. */
function straysAmong(smells: (place: SpecPlace) => boolean, isCovered: (place: SpecPlace) => boolean, exceptions: object): string[] {
  const strays = spec.places.filter(smells).filter(place => !isCovered(place) && !Object.keys(exceptions).includes(nameOf(place)));
  const isInside = (place: SpecPlace) => [...strays.map(nameOf), ...Object.keys(exceptions)]
    .some(outer => nameOf(place) !== outer && isWithin(nameOf(place), outer));
  return strays.filter(place => !isInside(place)).map(place => `${nameOf(place)}: add it to src/resources/records`);
}

/** The places that change in a launcher if its source has a new version, or another name after a replacement. */
function versionsOf(row: LaunchesFrom & { readonly type: string }): SpecPlace[] {
  const versions = row.references.flatMap(({ path, keys }) => keys ? [`${path}.${keys.version}`] : []);
  const names = row.references.flatMap(({ path, keys }) => keys || row.onNewVersion !== 'replacement' ? [] : [path]);
  return [...versions, ...names].map(path => spec.placeAt(row.type, path)!);
}

/** Whether the place is in the block of a carrier. */
function isCarried({ type, path }: SpecPlace): boolean {
  return (recordOf(type)?.carriers ?? []).some(row => isWithin(path, row.block));
}

/** Whether a record has the purpose of a place that names a launch template: at its path, below it, or above it. */
function isKnownToLaunch({ type, path }: SpecPlace): boolean {
  const record = recordOf(type);
  const known = record ? [
    ...record.launchesFrom?.references.map(reference => reference.path) ?? [],
    ...record.carriers.map(({ block }) => block),
    ...record.gaps.flatMap(({ when }) => when.present ?? []),
  ] : [];
  return known.some(place => isWithin(path, place) || isWithin(place, path));
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[]`);
}

function lastName({ path }: SpecPlace): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function nameOf({ type, path }: SpecPlace): string {
  return `${type} ${path}`;
}

function split(place: string): [string, string] {
  const [type, path] = place.split(' ');
  return [type, path];
}
