import { NETWORK, PROGRAMS, RECORDS, SCRIPTS } from '../../src/resources/all-records';
import type { Environment } from '../../src/resources/environment';
import type { ScriptPlace } from '../../src/resources/record';
import { RecordTable, hasToDoWithLaunches, recordOf } from '../../src/resources/record-table';
import { HOST, POOL } from './made-up-types';
import { ServiceSpec } from './service-spec';

const spec = new ServiceSpec();

describe('a table of records', () => {
  const table = new RecordTable([HOST, POOL], [], []);

  test('finds a record by its type', () => {
    expect(table.of(HOST.type)).toBe(HOST);
    expect(table.of('Acme::Compute::Other')).toBeUndefined();
  });

  test('knows the types that others launch from', () => {
    expect([HOST, POOL].map(({ type }) => table.isNamed(type))).toEqual([true, false]);
  });
});

test('no type has two records', () => {
  const types = [...RECORDS, ...SCRIPTS, ...NETWORK, ...PROGRAMS].map(({ type }) => type);
  expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
});

test('the sources of launchers have a record, and launch nothing without their own source', () => {
  const named = RECORDS.flatMap(({ launchesFrom }) => launchesFrom?.references ?? []).map(({ target }) => recordOf(target)!);
  expect(named.filter(({ isTemplate, launchesFrom }) => isTemplate === (launchesFrom !== undefined))).toEqual([]);
});

test('a service that runs containers, and a name, are in existing properties', () => {
  const places = RECORDS.flatMap(({ type, nameProperty, containers }) =>
    [nameProperty, containers?.present, containers?.unless?.path].flatMap(path => path === undefined ? [] : [[type, path] as const]));
  const network = NETWORK.flatMap(({ type, ipv6 = [], ipv6Native, subnet, givesIpv6To }) =>
    [...ipv6, ipv6Native, subnet, givesIpv6To].flatMap(path => path === undefined ? [] : [[type, path] as const]));

  expect([...places, ...network].filter(([type, path]) => !spec.placeAt(type, path))).toEqual([]);
  expect(places.length).toBeGreaterThan(5);
});

describe('a type with only scripts of instances', () => {
  test('has no launches, and every other type has some', () => {
    expect(SCRIPTS.filter(({ type }) => hasToDoWithLaunches(type))).toEqual([]);
    expect(RECORDS.filter(({ type }) => !hasToDoWithLaunches(type))).toEqual([]);
  });

  test('has its scripts in existing properties', () => {
    const places = SCRIPTS.flatMap(({ type, scripts }) => scripts.flatMap(place => pathsOf(place).map(path => [type, path.join('.').replaceAll('.[]', '[]')] as const)));
    expect(places.filter(([type, path]) => !spec.placeAt(type, path))).toEqual([]);
    expect(places.length).toBeGreaterThan(20);
  });
});

test('environment variables, and what shows where programs run, are in existing properties', () => {
  const known = [...RECORDS, ...SCRIPTS, ...PROGRAMS].flatMap(({ type, environment }) => environment ? [{ type, environment }] : []);
  const places = known.flatMap(({ type, environment }) => variablePaths(environment).map(path => [type, path.join('.').replaceAll('.[]', '[]')] as const))
    .filter(([type]) => !type.startsWith('AWS::Serverless::')); // no type of CloudFormation
  expect(places.filter(([type, path]) => !spec.placeAt(type, path))).toEqual([]);
  expect(places.length).toBeGreaterThan(20);
});

function variablePaths({ places, runsOn, operatingSystems, onNewVariables }: Environment): readonly (readonly string[])[] {
  return [
    ...places.flatMap(place => place.kind === 'map' ? [place.path]
      : [place.variables, place.secrets, place.files].flatMap(name => name === undefined ? [] : [[...place.path, name]])),
    ...runsOn.kind === 'platforms' ? [runsOn.path] : runsOn.instancesWith ? [runsOn.instancesWith.path] : [],
    ...operatingSystems,
    ...onNewVariables?.kind === 'new revision' && onNewVariables.keptBy ? [onNewVariables.keptBy.path] : [],
  ];
}

/** The paths of a place in the specification, which leaves documents and parameters open. */
function pathsOf(place: ScriptPlace): readonly (readonly string[])[] {
  switch (place.kind) {
    case 'lines': return [place.path.slice(0, place.path.indexOf('Parameters')), place.document].filter(path => path.length > 0);
    case 'words': return [...place.keys.map(key => [...place.path, key]), place.platforms.path];
    default: return [place.path];
  }
}
