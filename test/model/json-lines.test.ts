import * as fc from 'fast-check';
import { JsonLines } from '../../src/model/json-lines';
import { expectLinear } from '../harness/growth';

type Path = readonly (string | number)[];

const lineOf = (text: string, ...path: Path) => new JsonLines(text).lineOf(path);
const TEMPLATE = `{
  "Resources": {
    "Web": {
      "Type": "AWS::EC2::Instance",
      "Properties": {
        "Text": "no { \\"Resources\\": [ here",
        "MetadataOptions": { "HttpTokens": "optional",
          "HttpEndpoint"
            : "enabled"
        },
        "BlockDeviceMappings": [
          { "DeviceName": "/dev/xvda" }, 7, [
            true
          ],
          null
        ]
      }
    },
    "\\u0041pp": {}
  }
}
`;

describe('the line of a key', () => {
  test.each<[Path, number]>([
    [[], 1],
    [['Resources'], 2],
    [['Resources', 'Web'], 3],
    [['Resources', 'Web', 'Type'], 4],
    [['Resources', 'Web', 'Properties', 'Text'], 6],
    [['Resources', 'Web', 'Properties', 'MetadataOptions'], 7],
    [['Resources', 'Web', 'Properties', 'MetadataOptions', 'HttpTokens'], 7],
    [['Resources', 'Web', 'Properties', 'MetadataOptions', 'HttpEndpoint'], 8],
    [['Resources', 'App'], 19],
  ])('at %j is %i', (path, line) => {
    expect(lineOf(TEMPLATE, ...path)).toBe(line);
  });
});

describe('the line of an element', () => {
  const list = ['Resources', 'Web', 'Properties', 'BlockDeviceMappings'];

  test.each<[Path, number]>([
    [[0], 12],
    [[0, 'DeviceName'], 12],
    [[1], 12],
    [[2], 12],
    [[2, 0], 13],
    [[3], 15],
    [['3'], 15],
  ])('at %j is %i', (path, line) => {
    expect(lineOf(TEMPLATE, ...list, ...path)).toBe(line);
  });
});

describe('if nothing is at a path, the line is that of the nearest parent', () => {
  test.each<[Path, number]>([
    [['Outputs'], 1],
    [['Resources', 'Other', 'Properties'], 2],
    [['Resources', 'Web', 'Properties', 'MetadataOptions', 'HttpTokens', 'Fn::If', 2], 7],
    [['Resources', 'Web', 'Properties', 'MetadataOptions', 'InstanceMetadataTags'], 7],
    [['Resources', 'Web', 'Properties', 'BlockDeviceMappings', 4], 11],
    [['Resources', 'Web', 'Properties', 'BlockDeviceMappings', -1], 11],
    [['Resources', 'Web', 'Properties', 'BlockDeviceMappings', 'length'], 11],
    [['constructor'], 1],
    [['__proto__', 'toString'], 1],
  ])('%j: %i', (path, line) => {
    expect(lineOf(TEMPLATE, ...path)).toBe(line);
  });
});

test('of equal keys, the last one counts, as in a parser', () => {
  const text = '{\n"A": {\n"B": 1,\n"C": 2\n},\n"\\u0041": {\n"B": 3\n}\n}';
  expect(JSON.parse(text)).toEqual({ A: { B: 3 } });
  expect(lineOf(text, 'A')).toBe(6);
  expect(lineOf(text, 'A', 'B')).toBe(7);
  expect(lineOf(text, 'A', 'C')).toBe(6);
});

test.each(['\r\n', '\n'])('lines end with %j', end => {
  expect(lineOf(['{', '"A":', '{', '"B"', ':1', '}', '}'].join(end), 'A', 'B')).toBe(4);
});

test('text before the template is not part of it', () => {
  expect(lineOf('\uFEFF\n\n {\n"A": 1 }', 'A')).toBe(4);
  expect(lineOf('\uFEFF\n\n {\n"A": 1 }')).toBe(3);
});

test.each([['"a\\\\"', 'a\\'], ['"a\\""', 'a"'], ['"\\\\\\""', '\\"']])('a quote in a string does not end it, except after an escaped backslash: %s', (written, key) => {
  expect(lineOf(`{\n${written}: {\n"b": 1 } }`, key, 'b')).toBe(3);
});

test('a key can be a property of Object.prototype', () => {
  expect(lineOf('{\n"a": 1,\n"__proto__": {\n"constructor": 2 } }', '__proto__', 'constructor')).toBe(4);
});

test.each([0, 1, 2])('every key and element of any JSON with an indentation of %i has its printed line', indent => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
    const lines = new JsonLines(JSON.stringify(value, null, indent));
    for (const path of pathsIn(value)) {
      expect([path, lines.lineOf(path)]).toEqual([path, lineWhenMarked(value, path, indent)]);
    }
  }));
});

describe('text that is no JSON', () => {
  test.each([
    '', ' ', '\n\n', '{', '[', '"', '"\\', '}', ']', '{]', '[}', '{"Resources"', '{"Resources":', '{"Resources":{', '{"Resources":{"Web"', '{"Resources":{"Web":',
    '{"\\u00zz":1}', '{"\\u', ':', ',', '{,,}', '{:}', '{"Resources" {"Web": 1}}', 'Resources:\n  Web:\n    Type: AWS::EC2::Instance\n', 'null', '7', '"Resources"',
  ])('has a line for every path anyway: %j', text => {
    const line = lineOf(text, 'Resources', 'Web', 0, 'Type');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(text.split('\n').length);
  });

  test('has the lines of the part before the error', () => {
    const broken = TEMPLATE.slice(0, TEMPLATE.indexOf('"enabled"'));
    expect(lineOf(broken, 'Resources', 'Web', 'Properties', 'MetadataOptions', 'HttpTokens')).toBe(7);
  });

  test('has a line for every path wherever it ends or lacks a character', () => {
    for (let index = 0; index < TEMPLATE.length; index++) {
      for (const text of [TEMPLATE.slice(0, index), TEMPLATE.slice(0, index) + TEMPLATE.slice(index + 1)]) {
        const line = lineOf(text, 'Resources', 'Web', 'Properties', 'BlockDeviceMappings', 2, 0);
        expect(line >= 1 && line <= text.split('\n').length).toBe(true);
      }
    }
  });
});

describe('a huge template', () => {
  const names = Array.from({ length: 50_000 }, (_, index) => `Instance${index}`);
  const resource = { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: 'optional' }, ImageId: 'ami-'.padEnd(120, '0') } };
  const textOf = (some: readonly string[], indent: number) =>
    JSON.stringify({ Resources: Object.fromEntries(some.map(name => [name, resource])) }, null, indent);
  const tokensOf = (name: string) => ['Resources', name, 'Properties', 'MetadataOptions', 'HttpTokens'];

  test.each([[0, () => 1], [2, (index: number) => 7 + index * 9]])('with an indentation of %i is read once for all look-ups', (indent, expected) => {
    expectLinear(size => {
      const some = names.slice(0, size);
      const lines = new JsonLines(textOf(some, indent));
      expect(some.every((name, index) => lines.lineOf(tokensOf(name)) === expected(index))).toBe(true);
    }, names.length);
  });

  test('can have any depth', () => {
    const deep = `{"Resources":{"Deep":${'{"Fn::If":[\n'.repeat(100_000)}1${']}'.repeat(100_000)},\n"Web":{}}}`;
    expect(lineOf(deep, 'Resources', 'Web')).toBe(100_002);
    expect(lineOf(deep, 'Resources', 'Deep', 'Fn::If', 0, 'Fn::If', 0, 'Fn::If', 0)).toBe(4);
  });
});

/** The paths of all values in a value, with its own. */
function pathsIn(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) { return [[]]; }
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [[], ...keys.flatMap(key => pathsIn((value as Record<string | number, unknown>)[key]).map(path => [key, ...path]))];
}

/** The line on which a mark is printed instead of the value at the path. */
function lineWhenMarked(value: unknown, path: Path, indent: number): number {
  const mark = 'the mark that no arbitrary value has';
  return JSON.stringify(marked(value, path, mark), null, indent).split('\n').findIndex(line => line.includes(mark)) + 1;
}

function marked(value: unknown, [key, ...rest]: Path, mark: string): unknown {
  if (key === undefined) { return mark; }
  if (Array.isArray(value)) { return value.map((element: unknown, index) => index === key ? marked(element, rest, mark) : element); }
  return { ...value as object, [key]: marked((value as Record<string, unknown>)[key], rest, mark) };
}
