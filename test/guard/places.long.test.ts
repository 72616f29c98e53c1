import { GuardRules, GuardSeverity } from '../../src/guard/guard-rules';
import { RECORDS } from '../../src/resources/all-records';
import { JsonDocument } from '../../src/resources/json-document';
import { OptionSettings } from '../../src/resources/option-settings';
import { parsePath } from '../../src/resources/path';
import type { Carrier, ResourceRecord } from '../../src/resources/record';
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

/** Values that can be anywhere in a template. */
const THINGS: readonly unknown[] = [
  null, 2, '2', 65, 'required', true, 'FARGATE', {}, [], ['required'],
  NO_VALUE, [NO_VALUE], { 'Fn::FindInMap': ['A', 'B', 'C'] }, { 'Fn::Transform': {} }, { 'Fn::Transform': {}, 'A': 1 }, { 'Fn::If': null }, { Ref: {} },
  { 'Fn::Sub': 'required' }, { 'Fn::Sub': '${X}' }, when('required', 'required'), when({}, NO_VALUE),
  when(when(2, '2'), 2), { 'Fn::If': ['C', 'required', 'required', 'x'] },
  ...['X', ...Object.keys(PARAMETERS)].map(Ref => ({ Ref })),
];

/** One carrier for each dialect and place, and every type with a gap. */
const TYPES = RECORDS.filter(({ carriers: [carrier], gaps }, index) => gaps.length > 0 || (carrier
  && !RECORDS.slice(0, index).some(({ carriers: [other] }) => other?.block === carrier.block && other.dialect.title === carrier.dialect.title)));

test.each(TYPES)('$type: cfn-guard fails for our findings, with any value in any place', record => {
  const { type } = record;
  const documents = Object.fromEntries(propertiesOf(record).map(properties => [
    JSON.stringify(properties), template(type, properties, { Parameters: PARAMETERS }),
  ]));
  const expected = Object.entries(documents).map(([name, document]) => [name, expectedToFail(document)]);
  expect(failuresOn(RULES, documents)).toEqual(Object.fromEntries(expected));
});

/** Each value in each place on the path to a setting, or to a property that a gap depends on. */
function propertiesOf({ carriers, gaps }: ResourceRecord): unknown[] {
  const conditions = gaps.flatMap(({ when: { present, absent, unless } }) => [present, absent, unless?.path].filter(path => path !== undefined));
  const paths = [...carriers.flatMap(fieldPaths), ...conditions.map(parsePath)];
  const places = [[], ...paths.flatMap(path => path.map((_, index) => path.slice(0, index + 1)))];
  return places.flatMap(place => THINGS.map(thing => place.reduceRight<unknown>((below, name) => name === '[]' ? [below] : { [name]: below }, thing)));
}

function fieldPaths({ path, dialect }: Carrier): (readonly string[])[] {
  if (dialect.scalar) { return [path]; }
  if (dialect instanceof OptionSettings) { return [[...path, '[]', 'Value'], [...path, '[]', 'Namespace']]; }
  const block = dialect instanceof JsonDocument ? [...path, 'InstanceMetadataServiceConfiguration'] : path;
  return Object.values(dialect.fields).slice(0, 2).map(({ key }) => [...block, key]);
}
