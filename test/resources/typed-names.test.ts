import type { CfnResource } from 'aws-cdk-lib';
import { App, Stack } from 'aws-cdk-lib';
import { version } from 'aws-cdk-lib/package.json';
import { devDependencies } from '../../package.json';
import { RECORDS, SCRIPTS } from '../../src/resources/all-records';
import { typedName } from '../../src/resources/live-layer';
import { LiveResource } from '../../src/resources/live-resource';
import { parsePath } from '../../src/resources/path';
import type { Carrier, ResourceRecord } from '../../src/resources/record';
import { include } from './included';
import { ServiceSpec } from './service-spec';

/** A value that the L1 accepts for any property. */
const LEAF = { 'Fn::If': ['Always', 'one', 'other'] };

/** Places that the L1s of the oldest supported aws-cdk-lib do not have yet. They are raw overrides there. */
const NOT_AT_THE_FLOOR = [
  'AWS::AppStream::ImageBuilder DisableIMDSV1',
  'AWS::AppStream::AppBlockBuilder DisableIMDSV1',
  'AWS::BedrockAgentCore::CapacityProvider ComputeConfiguration.Ec2Configuration',
];

const IS_NEWEST = version === devDependencies['aws-cdk-lib'];

/** The places of typed values that the table reads or writes. */
const PLACES = [...new Set([...RECORDS, ...SCRIPTS].flatMap(placesOf))];

const spec = new ServiceSpec();

describe('the names that L1s give to CloudFormation properties', () => {
  test.each([
    ['MetadataOptions', 'metadataOptions'],
    ['HttpProtocolIpv6', 'httpProtocolIpv6'],
    ['DisableIMDSV1', 'disableImdsv1'],
    ['Version', 'version'],
  ])('%s is %s', (property, name) => {
    expect(typedName(property)).toBe(name);
  });

  test('an L1 of aws-cdk-lib has every typed name where the table expects it, without overrides', () => {
    const logicalIds = new Map(PLACES.map((place, index) => [place, `Resource${index}`]));
    const included = include(new Stack(new App(), 'Stack'), 'Included', {
      Conditions: { Always: { 'Fn::Equals': ['', ''] } },
      Resources: Object.fromEntries(PLACES.map(place => [logicalIds.get(place)!, definition(place)])),
    });
    const missing = PLACES.filter(place => {
      const resource = included.getResource(logicalIds.get(place)!);
      return typedValue(resource, pathOf(place)) === undefined || new LiveResource(resource).propertyOverrides.isThere;
    });
    expect(missing.filter(place => IS_NEWEST || !NOT_AT_THE_FLOOR.includes(place))).toEqual([]);
  });
});

function placesOf({ type, carriers, launchesFrom, gaps, scripts }: ResourceRecord): string[] {
  const places = [
    ...carriers.flatMap(fieldsOf),
    ...launchesFrom?.references.map(({ path }) => path) ?? [],
    ...gaps.flatMap(({ when }) => [when.present, when.absent, when.unless?.path].filter(path => path !== undefined)),
    ...scripts.flatMap(place => place.kind === 'words' ? [...place.keys.map(key => [...place.path, key]), place.platforms.path] : [place.path])
      .map(path => path.join('.').replaceAll('.[]', '[]')),
  ];
  return places.map(path => `${type} ${path}`);
}

function fieldsOf({ block, dialect: { title, fields } }: Carrier): string[] {
  switch (title) {
    case 'HTTP options':
    case 'minimum version': return Object.values(fields).map(field => `${block}.${field.key}`);
    case 'option settings': return ['Namespace', 'OptionName', 'Value'].map(key => `${block}[].${key}`);
    default: return [block];
  }
}

/** A resource with the place, and the required properties of its L1. */
function definition(place: string): object {
  const [type] = place.split(' ');
  const [head, ...rest] = pathOf(place);
  const required = spec.requiredProperties(type).map(name => [name, LEAF]);
  return { Type: type, Properties: { ...Object.fromEntries(required), [head]: nested(rest) } };
}

function nested(path: readonly string[]): unknown {
  if (path.length === 0) { return LEAF; }
  const [head, ...rest] = path;
  return head === '[]' ? [nested(rest)] : { [head]: nested(rest) };
}

function pathOf(place: string): readonly string[] {
  return parsePath(place.split(' ')[1]);
}

function typedValue(resource: CfnResource, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as { [name: string]: unknown } | undefined)?.[name === '[]' ? '0' : typedName(name)], resource);
}
