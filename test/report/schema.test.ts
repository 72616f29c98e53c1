import { readFileSync } from 'fs';
import { join } from 'path';
import type { Json } from '../harness/schema-of-types';
import { ROOT, SchemaOfTypes, shapeOf, undescribedIn } from '../harness/schema-of-types';

const FILES = ['report', 'reported-resource', 'reported-finding', 'reported-usage', 'reported-sdks'];
const DECLARED = FILES.flatMap(file => new SchemaOfTypes(`src/report/${file}.ts`).declared);
const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'schema/imdsv2-report.schema.json'), 'utf8')) as Json & { readonly definitions: Json };
const ELSEWHERE = ['LauncherState', 'RuleId', 'Severity'];

describe('the schema has every property of the report, with its type, and whether it is optional', () => {
  test.each(DECLARED)('of %s', (name, expected) => {
    expect(shapeOf(name === 'Report' ? SCHEMA : SCHEMA.definitions[name] as Json)).toEqual(expected);
  });
});

test('the schema has nothing else', () => {
  expect(Object.keys(SCHEMA.definitions).sort()).toEqual([...DECLARED.map(([name]) => name).filter(name => name !== 'Report'), ...ELSEWHERE].sort());
});

test('everything in the schema has a description', () => {
  expect(undescribedIn(SCHEMA)).toEqual([]);
});
