import { readFileSync } from 'fs';
import { join } from 'path';
import type { ErrorObject } from 'ajv';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { jsonReport } from '../../src/report/json';
import { EMPTY_REPORT, hostileReport, longReport, SAMPLE_REPORT, scriptReport } from './sample-report';

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

const SCHEMA = JSON.parse(readFileSync(join(__dirname, '../../schema/imdsv2-report.schema.json'), 'utf8')) as Json;
const OTHERS = [null, {}, [], 'text', 3.5, true];

const validate = addFormats(new Ajv({ strict: true, strictRequired: true, allowUnionTypes: true, allErrors: true })).compile(SCHEMA);

/** The violations of the schema in a report. */
function complaints(report: unknown): string[] {
  return validate(report) ? [] : validate.errors!.map(({ instancePath, keyword }: ErrorObject) => `${instancePath} ${keyword}`);
}

/** The report with a change at a path. `undefined` removes the value. */
function changed(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) { return replacement; }
  const copy = Array.isArray(value) ? [...value] : { ...value as Json };
  const inner = changed((value as Json)[key], rest, replacement);
  if (inner === undefined) { delete (copy as Json)[key]; } else { (copy as Json)[key] = inner; }
  return copy;
}

/** Every property in the report, by path, with every element of lists. */
function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) { return [path]; }
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, inner]: [string | number, unknown]) => paths(inner, [...path, key]))];
}

const at = (path: Path) => path.reduce<unknown>((value, key) => (value as Json)[key], SAMPLE_REPORT);
const typeOf = (value: unknown) => value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
/** The name of a path, which is the same for all elements of a list. */
const nameOf = (path: Path) => path.map(key => typeof key === 'number' ? '[]' : key).join('.');
/** One path for each name. */
const PATHS = [...new Map(paths(SAMPLE_REPORT).map(path => [nameOf(path), path])).values()].filter(path => path.length > 0);
const PROPERTIES = PATHS.filter(path => typeof path[path.length - 1] === 'string');
const OPTIONAL = [
  'unseenScripts.path', 'stacks.path', 'stacks.name', 'stacks.account', 'stacks.region', 'resources.path',
  ...['tokens', 'hopLimit', 'endpoint', 'ipv6', 'tags'].flatMap(name => ['', '.value', '.unlessAccountDefault', '.fromResource'].map(end => `resources.settings.${name}${end}`)),
  'notVisible.path', 'resources.overwritten', 'resources.launchesFrom.resource', 'findings.resource', 'findings.path', 'findings.template', 'findings.line', 'findings.exemption',
  'sdks', 'findings.sdk', 'sdks.unreadable.notOnInstance', 'sdks.unreadable.paths', ...['sdks.found', 'findings.sdk'].flatMap(name => ['version', 'range', 'minimum', 'because', 'notOnInstance', 'paths'].map(end => `${name}.${end}`)),
  'usage', 'usage.watchedSince', 'usage.watchedUntil', 'usage.error', 'totals.usage', 'stacks.totals.usage', 'resources.usage',
  'resources.usage.launchers.lastCallAt', 'resources.usage.launchers.lastRejectedAt',
  ...['resources.exemptions', 'findings.exemption'].flatMap(name => ['owner', 'ticket', 'expires'].map(end => `${name}.${end}`)),
];
/** The result for each path, by its name. */
const byName = (all: readonly Path[], of: (path: Path) => unknown) => Object.fromEntries(all.map(path => [nameOf(path), of(path)]));
const isOptional = (path: Path) => OPTIONAL.includes(nameOf(path).replaceAll('.[]', ''));

describe('the JSON report', () => {
  test.each([['everything', SAMPLE_REPORT], ['nothing', EMPTY_REPORT], ['odd names', hostileReport('"\n\u0000\u2028')], ['much', longReport(50)], ['a script', scriptReport('"\n')]])(
    'of an app with %s matches the schema', (_, report) => {
      expect(complaints(JSON.parse(jsonReport(report)))).toEqual([]);
    });

  test('is the report itself, in readable form', () => {
    const text = jsonReport(SAMPLE_REPORT);
    expect(JSON.parse(text)).toEqual(SAMPLE_REPORT);
    expect(text).toMatch(/^\{\n {2}"schemaVersion": "1\.4",\n/);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toContain('\r');
  });
});

describe('the schema rejects a report', () => {
  test('without a property, unless it is optional', () => {
    const complaintsWithout = (path: Path) => complaints(changed(SAMPLE_REPORT, path, undefined));
    expect(byName(PROPERTIES, complaintsWithout))
      .toEqual(byName(PROPERTIES, path => isOptional(path) ? [] : [`${pointer(path.slice(0, -1))} required`]));
  });

  test('with another type anywhere', () => {
    const mistaken = PATHS.flatMap(path => {
      const mayBe = path[path.length - 1] === 'value' ? ['string', 'number', 'boolean'] : [typeOf(at(path))];
      return OTHERS.filter(value => !mayBe.includes(typeOf(value))).map(other => ({ path, other }));
    });
    expect(mistaken.filter(({ path, other }) => !complaints(changed(SAMPLE_REPORT, path, other)).includes(`${pointer(path)} type`))).toEqual([]);
    expect(mistaken.length).toBeGreaterThan(PATHS.length);
  });

  test('with an unknown property anywhere', () => {
    const objects = [[], ...PATHS].filter(path => typeOf(at(path)) === 'object');
    expect(byName(objects, path => complaints(changed(SAMPLE_REPORT, [...path, 'other'], 1))))
      .toEqual(byName(objects, path => [`${pointer(path)} additionalProperties`]));
  });

  test.each<[Path, unknown, string]>([
    [['schemaVersion'], '2.0', 'const'],
    [['tool', 'version'], 'next', 'pattern'],
    [['day'], '2026-02-30', 'format'],
    [['day'], 'today', 'pattern'],
    [['totals', 'errors'], -1, 'minimum'],
    [['totals', 'errors'], 1.5, 'type'],
    [['resources', 6, 'settings', 'hopLimit', 0, 'unlessAccountDefault'], false, 'const'],
    [['resources', 0, 'line'], 0, 'minimum'],
    [['resources', 0, 'outcome'], 'unknown', 'enum'],
    [['resources', 0, 'id'], 'Web', 'pattern'],
    [['findings', 0, 'rule'], 'TokensRequired', 'pattern'],
    [['findings', 0, 'severity'], 'fatal', 'enum'],
    [['findings', 0, 'see'], 'http://example.com', 'pattern'],
  ])('with %j = %j', (path, value, keyword) => {
    expect(complaints(changed(SAMPLE_REPORT, path, value))).toContain(`${pointer(path)} ${keyword}`);
  });
});

function pointer(path: Path): string {
  return path.map(key => `/${key}`).join('');
}
