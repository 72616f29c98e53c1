import { describe as inWords } from '../../src/model/setting';
import type { SettingName } from '../../src/model/settings';
import { RECORDS, SCRIPTS } from '../../src/resources/all-records';
import type { ScriptPlace } from '../../src/resources/record';
import type { JudgedResource } from '../harness/judged';
import { judgedIn } from '../harness/judged';

const UNKNOWN = { 'Fn::FindInMap': ['A', 'B', 'C'] };
const NO_VALUE = { Ref: 'AWS::NoValue' };

interface Case {
  readonly type: string;
  readonly properties: unknown;
  /** The tokens of each block. */
  readonly tokens: { readonly [where: string]: string | undefined };
  /** Id and path of each finding. */
  readonly findings: readonly string[];
}

const CASES: readonly Case[] = [
  ec2({ MetadataOptions: { HttpTokens: 'required' } }, { MetadataOptions: "'required'" }),
  ec2({ MetadataOptions: { HttpTokens: 'optional' } }, { MetadataOptions: "'optional'" }, 'TokensRequired MetadataOptions.HttpTokens'),
  ec2({ MetadataOptions: { HttpTokens: { Ref: 'Tokens' } } }, { MetadataOptions: 'unknown (Ref Tokens)' }, 'TokensRequired MetadataOptions.HttpTokens'),
  ec2({ MetadataOptions: UNKNOWN }, { MetadataOptions: undefined }, 'OptionsUnreadable MetadataOptions'),
  ec2({ MetadataOptions: [] }, { MetadataOptions: undefined }, 'OptionsUnreadable MetadataOptions'),
  ec2({ MetadataOptions: 'required' }, { MetadataOptions: undefined }, 'OptionsUnreadable MetadataOptions'),
  ec2({}, { MetadataOptions: 'unset' }, 'TokensRequired MetadataOptions.HttpTokens'),
  ec2(undefined, { MetadataOptions: 'unset' }, 'TokensRequired MetadataOptions.HttpTokens'),
  ec2('text', {}, 'OptionsUnreadable Properties'),
  ec2([], {}, 'OptionsUnreadable Properties'),
  ec2(UNKNOWN, {}, 'OptionsUnreadable Properties'),
  ec2({ MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 65, HttpEndpoint: true } }, { MetadataOptions: "'required'" },
    'ValueNotAccepted MetadataOptions.HttpPutResponseHopLimit', 'ValueNotAccepted MetadataOptions.HttpEndpoint'),
  ec2({ MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: '2', HttpEndpoint: { 'Fn::If': ['C', 'on', 'enabled'] } } },
    { MetadataOptions: "'required'" }, 'ValueNotAccepted MetadataOptions.HttpEndpoint'),
  {
    type: 'AWS::EC2::EC2Fleet',
    properties: { Type: 'instant', LaunchTemplateConfigs: [{ Overrides: [{ MetadataOptions: { HttpTokens: 'optional' } }, { InstanceType: 't3.micro' }] }, UNKNOWN] },
    tokens: { 'LaunchTemplateConfigs[0].Overrides[0].MetadataOptions': "'optional'", 'LaunchTemplateConfigs[0].Overrides[1].MetadataOptions': 'unset' },
    findings: ['TokensRequired LaunchTemplateConfigs[0].Overrides[0].MetadataOptions.HttpTokens', 'OptionsUnreadable LaunchTemplateConfigs[1]'],
  },
  { type: 'AWS::AppStream::Fleet', properties: { DisableIMDSV1: true }, tokens: { DisableIMDSV1: 'true' }, findings: [] },
  { type: 'AWS::AppStream::Fleet', properties: {}, tokens: { DisableIMDSV1: 'unset' }, findings: ['TokensRequired DisableIMDSV1'] },
  emr('{"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":2,"HttpPutResponseHopLimit":1}}', '2'),
  emr('{"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":2}}', '2', 'ValueNotAccepted'),
  emr({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 1, HttpPutResponseHopLimit: 1 } }, '1', 'TokensRequired'),
  emr({}, 'unset', 'TokensRequired'),
  emr('{"InstanceMetadataServiceConfiguration":[]}', undefined, 'OptionsUnreadable'),
  emr('no json', undefined, 'OptionsUnreadable'),

  mute('AWS::EKS::Nodegroup', {}, 'LaunchSourceMissing LaunchTemplate'),
  mute('AWS::EKS::Nodegroup', { LaunchTemplate: { Id: 'lt-1' } }),
  mute('AWS::EKS::Nodegroup', { LaunchTemplate: NO_VALUE }, 'LaunchSourceMissing LaunchTemplate'),
  mute('AWS::EKS::Nodegroup', { LaunchTemplate: { 'Fn::If': ['C', { Id: 'lt-1' }, NO_VALUE] } }, 'LaunchSourceMissing LaunchTemplate'),
  mute('AWS::Lightsail::Instance', {}, 'CannotBeSet '),
  mute('AWS::EMR::Cluster', { SecurityConfiguration: 'x' }),
  batch({ Type: 'EC2' }, 'LaunchSourceMissing ComputeResources'),
  batch({ Type: 'FARGATE' }),
  batch({ Type: 'EC2', LaunchTemplate: { LaunchTemplateId: 'lt-1' } }),
  batch(undefined),
  batch({ Type: { 'Fn::If': ['C', 'FARGATE', 'FARGATE_SPOT'] } }),
  batch({ 'Fn::If': ['C', { LaunchTemplate: { LaunchTemplateId: 'a' } }, { LaunchTemplate: { LaunchTemplateId: 'b' } }] }),
];

describe('the reading of a resource', () => {
  test.each(CASES)('$type $properties: $tokens, $findings', ({ type, properties, tokens, findings }) => {
    const inspection = inspect(type, properties);
    expect(Object.fromEntries(inspection.blocks.map(({ where, settings }) => [where, settings && inWords(settings.tokens!)]))).toEqual(tokens);
    expect(inspection.findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual(findings.map(finding => `Imdsv2::${finding}`));
  });

  test('every setting of a block is read', () => {
    const MetadataOptions = { HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled', HttpProtocolIpv6: 'disabled' };
    const { blocks: [{ settings }] } = inspect('AWS::EC2::Instance', { MetadataOptions });
    expect((Object.keys(settings!) as SettingName[]).map(name => [name, inWords(settings![name]!)])).toEqual([
      ['tokens', "'required'"], ['hopLimit', '1'], ['endpoint', "'enabled'"], ['ipv6', "'disabled'"], ['tags', 'unset'],
    ]);
  });

  test('a value in a text that only CloudFormation fills in is unknown, and not invalid', () => {
    const text = ['{"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":2,"HttpPutResponseHopLimit":', { Ref: 'Hops' }, '}}'];
    const { blocks: [{ settings }], findings } = inspect('AWS::EMR::SecurityConfiguration', { SecurityConfiguration: { 'Fn::Join': ['', text] } });
    expect(settings?.hopLimit).toEqual([{ kind: 'unknown', reason: expect.any(String) }]);
    expect(findings).toEqual([]);
  });

  const ODD = [null, undefined, '', 'x', 5, NaN, true, [], [[]], [null], {}, UNKNOWN, { 'Fn::If': null }, { Ref: {} }, { toString: 1, valueOf: 1 },
    JSON.parse('{"__proto__":null}'), Object.create(null), { constructor: 1, length: -1 }];

  test.each([...RECORDS, ...SCRIPTS])('$type: no value in any place causes an exception', record => {
    const paths = [
      ...record.carriers.flatMap(({ block, dialect }) => [block, ...Object.values(dialect.fields).map(field => `${block}.${field.key}`)]),
      ...record.launchesFrom?.references.map(({ path }) => path) ?? [],
      ...record.gaps.flatMap(({ when }) => [when.present, when.absent, when.unless?.path].filter(path => path !== undefined)),
      ...record.scripts.flatMap(scriptPaths),
    ];
    for (const path of paths) {
      const parts = path.split(/\.|(?=\[\])/);
      for (let depth = 0; depth <= parts.length; depth++) {
        for (const odd of ODD) { expect(() => inspect(record.type, nest(parts.slice(0, depth), odd))).not.toThrow(); }
      }
    }
  });
});

/** The place of a script, and the deciders. */
function scriptPaths(place: ScriptPlace): string[] {
  const paths = place.kind === 'words' ? [...place.keys.map(key => [...place.path, key]), place.platforms.path] : [place.path];
  return paths.map(path => path.join('.').replaceAll('.[]', '[]'));
}

/** The settings of a resource, and its findings. */
function inspect(type: string, Properties: unknown): JudgedResource {
  const { blocks, findings } = judgedIn({ Resources: { Resource: { Type: type, Properties } } });
  return { blocks, findings: findings.filter(({ rule }) => rule !== 'Imdsv2::LaunchSourceUnknown') };
}

function ec2(properties: unknown, tokens: Case['tokens'], ...findings: string[]): Case {
  return { type: 'AWS::EC2::Instance', properties, tokens, findings };
}

function emr(document: unknown, tokens: string | undefined, finding?: string): Case {
  const keys: { readonly [rule: string]: string } = { TokensRequired: '.MinimumInstanceMetadataServiceVersion', ValueNotAccepted: '.HttpPutResponseHopLimit' };
  const path = `SecurityConfiguration${keys[finding ?? ''] ?? ''}`;
  const findings = finding ? [`${finding} ${path}`] : [];
  return { type: 'AWS::EMR::SecurityConfiguration', properties: { SecurityConfiguration: document }, tokens: { SecurityConfiguration: tokens }, findings };
}

function mute(type: string, properties: unknown, ...findings: string[]): Case {
  return { type, properties, tokens: {}, findings };
}

function batch(computeResources: unknown, ...findings: string[]): Case {
  return mute('AWS::Batch::ComputeEnvironment', { ComputeResources: computeResources }, ...findings);
}

function nest(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((below, name) => name === '[]' ? [below] : { [name]: below }, value);
}
