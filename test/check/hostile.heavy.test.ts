import { join } from 'path';
import type { IPolicyValidationContext } from 'aws-cdk-lib';
import { ImdsReport, Imdsv2Validator } from '../../src';
import { expectLinear } from '../harness/growth';
import type { Json } from '../harness/json';
import { HOSTILE_NAMES } from '../launch/harness/hostile-values';
import { OPTIONAL, REQUIRED } from './checked';
import type { Context } from './written';
import { contextOf, written, writtenAs } from './written';

const REPORTS = [ImdsReport.html(), ImdsReport.json(), ImdsReport.sarif(), ImdsReport.junit(), ImdsReport.markdown()];
const TOKENS = 'Imdsv2::TokensRequired';
const UNREADABLE = 'Imdsv2::OptionsUnreadable';
const SOURCE = 'Imdsv2::LaunchSourceUnknown';
const HOST = { Type: 'AWS::EC2::Instance', Properties: OPTIONAL };

/** The ids of the findings, by resource. */
function foundIn(context: IPolicyValidationContext): readonly string[] {
  const { violations } = new Imdsv2Validator({ reports: REPORTS }).validate(context);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ resourceLogicalId }) => [ruleName, ...resourceLogicalId === undefined ? [] : [resourceLogicalId]].join(' '))).sort();
}

const inTemplate = (template: unknown) => foundIn(written({ 'web.json': template }));
const inResource = (resource: unknown) => inTemplate({ Resources: { Host: resource } });
const inProperties = (Properties: unknown, Type = HOST.Type) => inResource({ Type, Properties });
const json = (text: string) => JSON.parse(text) as Json;

describe('a file', () => {
  test.each<[string, string, readonly string[]]>([
    ['that is empty', '', [UNREADABLE]],
    ['of spaces', ' \n', [UNREADABLE]],
    ['that is no JSON', 'Resources:\n  Host:\n    Type: AWS::EC2::Instance\n', [UNREADABLE]],
    ['that ends too early', '{ "Resources": { "Host": { "Type": "AWS::EC2::Instance"', [UNREADABLE]],
    ['with a byte order mark', `\uFEFF${JSON.stringify({ Resources: { Host: HOST } })}`, [`${TOKENS} Host`]],
    ['that is null', 'null', []],
    ['that is a number', '7', []],
    ['that is a text', '"Resources"', []],
    ['that is a list', JSON.stringify([{ Resources: { Host: HOST } }]), []],
    ['of binary', '\0\x01\uFFFD', [UNREADABLE]],
  ])('%s', (_, text, expected) => {
    expect(foundIn(writtenAs({ 'web.json': text }))).toEqual(expected);
  });

  test.each<[string, (context: Context) => string]>([
    ['that is missing', ({ directory }) => join(directory, 'missing.json')],
    ['that is a directory', ({ directory }) => directory],
    ['with a name that no system takes', ({ directory }) => join(directory, 'a\0b.json')],
    ['with a name that is too long', ({ directory }) => join(directory, `${'a'.repeat(5000)}.json`)],
  ])('%s', (_, pathOf) => {
    const context = written({});
    expect(foundIn(contextOf([pathOf(context)], context.directory))).toEqual([UNREADABLE]);
  });

  test('that cannot be read does not affect the others', () => {
    expect(foundIn(writtenAs({ 'bad.json': '{', 'web.json': JSON.stringify({ Resources: { Host: HOST } }) }))).toEqual([UNREADABLE, `${TOKENS} Host`]);
  });
});

describe('resources', () => {
  test.each<[string, unknown]>([
    ['that are not there', {}],
    ['that are null', { Resources: null }],
    ['that are a text', { Resources: 'Host' }],
    ['that are a list', { Resources: [HOST] }],
    ['that are a number', { Resources: 7 }],
    ['under a condition', { Resources: { 'Fn::If': ['Always', { Host: HOST }, {}] } }],
    ['of which one is null', { Resources: { Host: null } }],
    ['of which one is a text', { Resources: { Host: HOST.Type } }],
    ['of which one is a number', { Resources: { Host: 7 } }],
    ['of which one is a list', { Resources: { Host: [HOST] } }],
    ['of which one has no type', { Resources: { Host: { Properties: OPTIONAL } } }],
    ['of which one has a number for a type', { Resources: { Host: { ...HOST, Type: 7 } } }],
    ['of which one has a type like a key of all objects', { Resources: { Host: { ...HOST, Type: 'constructor' }, Other: { ...HOST, Type: '__proto__' } } }],
  ])('%s: has no launches', (_, template) => {
    expect(inTemplate(template)).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', ' ', '.', '../..', '#', 'ÄÖ😀', '<script>alert(1)</script>'])(
    'the logical id %p is treated like any other', logicalId => {
      expect(inTemplate(json(`{ "Resources": { ${JSON.stringify(logicalId)}: ${JSON.stringify(HOST)} } }`))).toEqual([`${TOKENS} ${logicalId}`]);
    });
});

test('a logical id with invisible characters is shown escaped', () => {
  expect(inTemplate({ Resources: { '\u0000': HOST, 'a\n::error': HOST } })).toEqual([`${TOKENS} \\u0000`, `${TOKENS} a\\n::error`]);
});

describe('properties', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['null', null, [TOKENS]],
    ['nothing', undefined, [TOKENS]],
    ['a text', 'MetadataOptions', [UNREADABLE]],
    ['a number', 7, [UNREADABLE]],
    ['a truth', true, [UNREADABLE]],
    ['a list', [OPTIONAL], [UNREADABLE]],
    ['empty', {}, [TOKENS]],
    ['a transform', { 'Fn::Transform': { Name: 'AWS::Include' } }, [UNREADABLE]],
    ['Fn::If with two arguments', { 'Fn::If': ['Always', REQUIRED] }, [UNREADABLE]],
    ['Fn::If with four arguments', { 'Fn::If': ['Always', REQUIRED, REQUIRED, REQUIRED] }, [UNREADABLE]],
    ['Fn::If without arguments', { 'Fn::If': [] }, [UNREADABLE]],
    ['Fn::If of null', { 'Fn::If': null }, [UNREADABLE]],
    ['options that are null', { MetadataOptions: null }, [TOKENS]],
    ['options that are a text', { MetadataOptions: 'required' }, [UNREADABLE]],
    ['options that are a list', { MetadataOptions: [REQUIRED.MetadataOptions] }, [UNREADABLE]],
    ['options of an odd kind in each place', { MetadataOptions: { HttpTokens: {}, HttpEndpoint: [], HttpPutResponseHopLimit: 'x', InstanceMetadataTags: 7 } },
      [TOKENS, 'Imdsv2::ValueNotAccepted', 'Imdsv2::ValueNotAccepted', 'Imdsv2::ValueNotAccepted']],
    ['tokens under __proto__', json('{ "__proto__": { "MetadataOptions": { "HttpTokens": "required" } } }'), [TOKENS]],
    ['options under __proto__', json('{ "MetadataOptions": { "__proto__": { "HttpTokens": "required" } } }'), [TOKENS]],
    ['tokens named constructor', { MetadataOptions: { HttpTokens: { Ref: 'constructor' } } }, [TOKENS]],
  ])('%s', (_, properties, expected) => {
    expect(inProperties(properties)).toEqual(expected.map(id => `${id} Host`));
  });
});

describe('depth', () => {
  const DEEP = 40_000;
  const around: readonly (readonly [name: string, open: string, close: string])[] = [
    ['lists', '[', ']'],
    ['objects', '{"A":', '}'],
    ['Fn::If', '{"Fn::If":["C",', ',{"Ref":"AWS::NoValue"}]}'],
    ['Fn::Join', '{"Fn::Join":["",["a",', ']]}'],
    ['Fn::Sub', '{"Fn::Sub":["${A}",{"A":', '}]}'],
  ];
  const places: readonly (readonly [string, (deep: string) => string])[] = [
    ['the properties', deep => `{ "Type": "AWS::EC2::Instance", "Properties": ${deep} }`],
    ['the options', deep => `{ "Type": "AWS::EC2::Instance", "Properties": { "MetadataOptions": ${deep} } }`],
    ['tokens', deep => `{ "Type": "AWS::EC2::Instance", "Properties": { "MetadataOptions": { "HttpTokens": ${deep} } } }`],
    ['the launch template', deep => `{ "Type": "AWS::EC2::Instance", "Properties": { "LaunchTemplate": { "LaunchTemplateId": ${deep} } } }`],
    ['user data', deep => `{ "Type": "AWS::EC2::Instance", "Properties": { "UserData": ${deep} } }`],
    ['an image', deep => `{ "Type": "AWS::EC2::Instance", "Properties": { "ImageId": ${deep} } }`],
    ['a security configuration', deep => `{ "Type": "AWS::EMR::SecurityConfiguration", "Properties": { "SecurityConfiguration": ${deep} } }`],
    ['metadata', deep => `{ "Type": "AWS::EC2::Instance", "Metadata": { "AWS::CloudFormation::Init": ${deep} } }`],
  ];
  const cases = around.flatMap(([name, open, close]) => places.map(([place, resource]) =>
    [name, place, (depth: number) => resource(`${open.repeat(depth)}"required"${close.repeat(depth)}`)] as const));

  test.each(cases)('%s, nested 40,000 deep, instead of %s', (_, __, resource) => {
    expectLinear(depth => {
      expect(foundIn(writtenAs({ 'web.json': `{ "Resources": { "Host": ${resource(depth)} } }` })).length).toBeGreaterThan(0);
    }, DEEP);
  });

  test('a template, nested 40,000 deep', () => {
    expect(foundIn(writtenAs({ 'web.json': `${'{"Resources":'.repeat(DEEP)}{}${'}'.repeat(DEEP)}` }))).toEqual([]);
  });
});

describe('size', () => {
  test('eight times the resources take about eight times as long', () => {
    expectLinear(count => {
      const Resources = Object.fromEntries(Array.from({ length: count }, (_, index) => [`Host${index}`, HOST]));
      const { violations: [{ violatingResources }] } = new Imdsv2Validator().validate(written({ 'web.json': { Resources } }));
      expect(violatingResources).toHaveLength(count);
    }, 40_000);
  });

  const LARGE = 10 * 1024 * 1024;
  test.each<[string, Json, readonly string[]]>([
    ['options', { MetadataOptions: 'x'.repeat(LARGE) }, [UNREADABLE]],
    ['tokens', { MetadataOptions: { HttpTokens: 'x'.repeat(LARGE) } }, [TOKENS]],
    ['user data', { ...REQUIRED, UserData: 'x'.repeat(LARGE) }, []],
    ['user data under a function', { ...REQUIRED, UserData: { 'Fn::Base64': { 'Fn::Sub': '${x'.repeat(LARGE / 4) } } }, []],
    ['the name of a launch template', { ...REQUIRED, LaunchTemplate: { LaunchTemplateName: 'x'.repeat(LARGE) } }, []],
    ['a tag', { MetadataOptions: { HttpTokens: 'required', InstanceMetadataTags: 'enabled' }, Tags: [{ Key: `${'x'.repeat(LARGE)}/`, Value: '' }] },
      ['Imdsv2::TagKeyNotAllowed']],
  ])('10 MB instead of %s', (_, properties, expected) => {
    expect(inProperties(properties)).toEqual(expected.map(id => `${id} Host`));
  });
});

describe('cycles', () => {
  const asset = (file: string, Parameters: Json = {}) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { Parameters }, Metadata: { 'aws:asset:path': file } });
  const launching = (id: unknown) => ({
    Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: id, Version: '$Latest' } },
  });

  test('resources that refer to each other', () => {
    expect(inTemplate({ Resources: { A: launching({ Ref: 'B' }), B: launching({ Ref: 'A' }), C: launching({ Ref: 'C' }) } }))
      .toEqual([`${SOURCE} A`, `${SOURCE} B`, `${SOURCE} C`]);
  });

  test('a nested stack in itself, and one in the other', () => {
    const context = written({
      'one.json': { Resources: { Self: asset('one.json'), Next: asset('two.json', { Id: { Ref: 'Id' } }), Host: HOST } },
      'two.json': { Parameters: { Id: {} }, Resources: { Back: asset('one.json', { Id: { Ref: 'Id' } }), Group: launching({ Ref: 'Id' }) } },
    }, ['one.json']);
    expect(foundIn(context)).toEqual([`${SOURCE} Group`, `${TOKENS} Host`]);
  });

  test('outputs and exports in circles', () => {
    const exported = (name: string, other: string) => ({ Value: { 'Fn::ImportValue': other }, Export: { Name: name } });
    expect(inTemplate({
      Resources: { Group: launching({ 'Fn::ImportValue': 'a' }), Nested: asset('web.json', { Id: { 'Fn::GetAtt': ['Nested', 'Outputs.A'] } }) },
      Outputs: { A: exported('a', 'b'), B: exported('b', 'a'), C: { Value: 'c', Export: { Name: { 'Fn::ImportValue': 'c' } } } },
    })).toEqual([`${SOURCE} Group`]);
  });

  test('conditions in circles', () => {
    const Conditions = { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } };
    const options = { 'Fn::If': ['A', REQUIRED.MetadataOptions, { 'Fn::If': ['B', REQUIRED.MetadataOptions, OPTIONAL.MetadataOptions] }] };
    expect(inTemplate({ Conditions, Resources: { Host: { ...HOST, Properties: { MetadataOptions: options } } } })).toEqual([`${TOKENS} Host`]);
  });

  test('parameters that have each other as default', () => {
    const Parameters = { A: { Default: { Ref: 'B' } }, B: { Default: { Ref: 'A' }, AllowedValues: [{ Ref: 'B' }] } };
    const Group = launching({ Ref: 'A' });
    const Host = { ...HOST, Properties: { MetadataOptions: { HttpTokens: { Ref: 'B' } } } };
    expect(inTemplate({ Parameters, Resources: { Group, Host } })).toEqual([`${SOURCE} Group`, `${TOKENS} Host`]);
  });

  test('a hundred templates with references to all others', () => {
    const files = Array.from({ length: 100 }, (_, index) => `${index}.json`);
    const Resources = { ...Object.fromEntries(files.map((file, index) => [`Nested${index}`, asset(file)])), Host: HOST };
    const context = written(Object.fromEntries(files.map(file => [file, { Resources }])), files.slice(0, 1));
    expect(foundIn(context)).toHaveLength(files.length);
  });
});

/** JSON.stringify() cannot write deeply nested values, so these are texts. */
const ODD = HOSTILE_NAMES.filter(([title]) => !title.endsWith('000 deep')).map(([title, value]) => [title, value] as const);

test.each(ODD)("%s instead of a launch template\'s id, and of everything else", (_, value) => {
  const odd = value();
  const found = foundIn(written({
    'web.json': {
      Parameters: { Odd: { Default: odd, AllowedValues: odd } },
      Resources: {
        Host: { ...HOST, Metadata: { 'AWS::CloudFormation::Init': odd }, Properties: { LaunchTemplate: { LaunchTemplateId: odd, Version: odd }, UserData: odd, Tags: odd } },
        Odd: { Type: HOST.Type, Properties: { MetadataOptions: { HttpTokens: odd, HttpPutResponseHopLimit: odd, InstanceMetadataTags: 'enabled' }, Tags: [{ Key: odd }] } },
        Fleet: { Type: 'AWS::EC2::EC2Fleet', Properties: { LaunchTemplateConfigs: odd } },
      },
      Outputs: { Odd: { Value: odd, Export: { Name: odd } } },
    },
  }));
  expect([`${TOKENS} Host`, `${SOURCE} Host`].some(finding => found.includes(finding))).toBe(true);
});
