import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { ImdsUsage } from '../../src';
import { LAUNCHER_KINDS } from '../../src/model/launcher-kinds';
import type { UsageRecord } from '../../src/usage/usage-record';
import type { Json } from '../harness/schema-of-types';
import { ROOT, SchemaOfTypes, shapeOf, undescribedIn } from '../harness/schema-of-types';
import { BROKEN, CALLING, REQUIRED, UNKNOWN, from, launcher, record, region, written } from './records';

const DECLARED = [...new SchemaOfTypes('src/usage/usage-record.ts').declared, ['LauncherKind', { type: 'string', enum: Object.keys(LAUNCHER_KINDS) }] as const];
const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'schema/imdsv1-usage.schema.json'), 'utf8')) as Json & { readonly definitions: Json };
const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const accepts = ajv.compile(SCHEMA);

/** A record with all parts. */
const FULL: UsageRecord = record([
  region([
    launcher('web', { ...from('Shop', 'Web', 'WebTemplate'), launchTemplates: [{ id: 'lt-1', version: '3' }], ...CALLING, cluster: 'shop', lastRejectedAt: '2026-11-01T00:00:00Z', unresolved: true }),
    launcher('a', BROKEN), launcher('b', REQUIRED), launcher('c', UNKNOWN),
  ], { unattributed: CALLING.callers, leftOut: { instances: 3, unattributed: 0 } }),
  region([], { region: 'us-east-1', watchedSince: undefined, watchedUntil: undefined, error: 'AccessDenied' }),
]);

describe('the schema has every property of usage-record.ts, with its type, and whether it is optional', () => {
  test.each(DECLARED)('of %s', (name, expected) => {
    expect(shapeOf(name === 'UsageRecord' ? SCHEMA : SCHEMA.definitions[name] as Json)).toEqual(expected);
  });
});

test('the schema has nothing else', () => {
  expect(Object.keys(SCHEMA.definitions).sort()).toEqual(DECLARED.map(([name]) => name).filter(name => name !== 'UsageRecord').sort());
});

test('everything in the schema has a description', () => {
  expect(undescribedIn(SCHEMA)).toEqual([]);
});

test('the schema and the reader accept a complete record', () => {
  expect([accepts(plain(FULL)), accepts.errors]).toEqual([true, null]);
  expect(() => ImdsUsage.fromFile(written(FULL))).not.toThrow();
});

/** All places in the record, and possible faults there. */
const MUTANTS = mutantsOf(plain(FULL));

test('there are mutants of every kind', () => {
  expect(MUTANTS.length).toBeGreaterThan(400);
});

test('the reader accepts and rejects the same records as the schema, apart from unknown properties', () => {
  const differing = MUTANTS.filter(({ value }) => accepts(value) !== isRead(value)).map(({ title }) => title);
  expect(differing).toEqual([]);
});

function isRead(value: unknown): boolean {
  try {
    ImdsUsage.fromFile(written(value));
    return true;
  } catch {
    return false;
  }
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** The record with one removed or replaced value. */
function mutantsOf(value: unknown): readonly { readonly title: string; readonly value: unknown }[] {
  const wrong: readonly unknown[] = [undefined, null, '', 'x', -1, 1.5, 3, true, [], {}];
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries(value).flatMap(([name, inner]) => {
    const put = (other: unknown) => {
      const copy = (Array.isArray(value) ? [...value as unknown[]] : { ...value }) as { [key: string]: unknown };
      if (other === undefined && !Array.isArray(value)) { delete copy[name]; } else { copy[name] = other; }
      return copy;
    };
    const inside = mutantsOf(inner).map(({ title, value: other }) => ({ title: `${name}.${title}`, value: put(other) }));
    return [...wrong.map(other => ({ title: `${name} = ${JSON.stringify(other)}`, value: put(other) })), ...inside];
  });
}
