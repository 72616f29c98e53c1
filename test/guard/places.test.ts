import { GuardRules, GuardSeverity } from '../../src/guard/guard-rules';
import { JsonDocument } from '../../src/resources/json-document';
import { OptionSettings } from '../../src/resources/option-settings';
import { parsePath } from '../../src/resources/paths';
import { ROWS } from '../../src/resources/resource-types';
import type { CarrierRow } from '../../src/resources/rows';
import { failuresOn } from './cfn-guard';
import { expectedToFail, template } from './expected';

const RULES = GuardRules.render({ severity: GuardSeverity.ALL });
const NO_VALUE = { Ref: 'AWS::NoValue' };
const when = (whenTrue: unknown, whenFalse: unknown) => ({ 'Fn::If': ['C', whenTrue, whenFalse] });
const PARAMETERS = {
  Required: { Type: 'String', AllowedValues: ['required'] },
  Numbers: { Type: 'String', AllowedValues: ['3', '99'] },
  Two: { Type: 'String', Default: '2' },
  None: { Type: 'String', AllowedValues: [], Default: 'none' },
};

/** Things that may stand anywhere in a template. */
const THINGS: readonly unknown[] = [
  null, 2, '2', 65, 'required', true, 'FARGATE', {}, [], ['required'],
  NO_VALUE, [NO_VALUE], { 'Fn::FindInMap': ['A', 'B', 'C'] }, { 'Fn::Transform': {} }, { 'Fn::Transform': {}, 'A': 1 }, { 'Fn::If': null }, { Ref: {} },
  { 'Fn::Sub': 'required' }, { 'Fn::Sub': '${X}' }, when('required', 'required'), when({}, NO_VALUE),
  when(when(2, '2'), 2), { 'Fn::If': ['C', 'required', 'required', 'x'] },
  ...['X', ...Object.keys(PARAMETERS)].map(Ref => ({ Ref })),
];

/** One carrier for each dialect in each place, and every mute type. */
const TYPES = [...new Set(ROWS.filter((row, index) => row.kind === 'mute' || (row.kind === 'carrier'
  && !ROWS.slice(0, index).some(other => other.kind === 'carrier' && other.block === row.block && other.dialect.title === row.dialect.title)))
  .map(({ type }) => type))];

test.each(TYPES)('%s: whatever stands wherever in it, cfn-guard fails what we find', type => {
  const documents = Object.fromEntries(propertiesOf(type).map(properties => [
    JSON.stringify(properties), template(type, properties, { Parameters: PARAMETERS }),
  ]));
  const expected = Object.entries(documents).map(([name, document]) => [name, expectedToFail(document)]);
  expect(failuresOn(RULES, documents)).toEqual(Object.fromEntries(expected));
});

/** Each thing in each place on the way to a setting, or to what a mute type depends on. */
function propertiesOf(type: string): unknown[] {
  const paths = ROWS.filter(row => row.type === type).flatMap(row => {
    switch (row.kind) {
      case 'carrier': return fieldPaths(row);
      case 'mute': return [row.when.present, row.when.absent, row.when.unless?.path].filter(path => path !== undefined).map(parsePath);
      case 'referrer': return [];
    }
  });
  const places = [[], ...paths.flatMap(path => path.map((_, index) => path.slice(0, index + 1)))];
  return places.flatMap(place => THINGS.map(thing => place.reduceRight<unknown>((below, name) => name === '[]' ? [below] : { [name]: below }, thing)));
}

function fieldPaths({ path, dialect }: CarrierRow): (readonly string[])[] {
  if (dialect.scalar) { return [path]; }
  if (dialect instanceof OptionSettings) { return [[...path, '[]', 'Value'], [...path, '[]', 'Namespace']]; }
  const block = dialect instanceof JsonDocument ? [...path, 'InstanceMetadataServiceConfiguration'] : path;
  return Object.values(dialect.fields).slice(0, 2).map(({ key }) => [...block, key]);
}
