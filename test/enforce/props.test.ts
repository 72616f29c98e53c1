import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, CfnResource, Fn, Lazy, Token } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import type { RequireImdsv2Props } from '../../src';
import { Imdsv2, RequireImdsv2 } from '../../src';
import type { Carrier } from '../harness/carriers';
import { CARRIERS } from '../harness/carriers';
import { when } from '../harness/condition-forms';
import { DOORS, ONCE } from '../harness/doors';
import type { Json } from '../harness/json';
import { LATEST } from '../harness/launchers';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';

const NO_VALUE = { Ref: 'AWS::NoValue' };
const EVERYTHING: RequireImdsv2Props = { httpEndpoint: true, httpProtocolIpv6: true, httpPutResponseHopLimit: 2, instanceMetadataTags: true };

const BASIC = { HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 };
const ALL = { ...BASIC, HttpProtocolIpv6: 'enabled', InstanceMetadataTags: 'enabled' };

/** The fields of a type besides tokens, according to EC2's documentation. A fleet leaves unset options to its templates. */
const FILLED: { readonly [type: string]: Json } = {
  'AWS::EC2::Instance': ALL,
  'AWS::EC2::LaunchTemplate': ALL,
  'AWS::EC2::EC2Fleet': {},
  'AWS::AutoScaling::LaunchConfiguration': BASIC,
  'AWS::ImageBuilder::InfrastructureConfiguration': { HttpPutResponseHopLimit: 2 },
  'AWS::SageMaker::NotebookInstance': {},
  'AWS::AppStream::Fleet': {},
  'AWS::AppStream::ImageBuilder': {},
  'AWS::AppStream::AppBlockBuilder': {},
  'AWS::ElasticBeanstalk::Environment': {},
  'AWS::ElasticBeanstalk::ConfigurationTemplate': {},
  'AWS::WorkspacesInstances::WorkspaceInstance': ALL,
  'AWS::EMR::SecurityConfiguration': { HttpPutResponseHopLimit: 2 },
  'AWS::Backup::RestoreTestingSelection': {},
};

/** The contents of the smallest block that a service accepts. They stay. */
const MANDATORY: { readonly [type: string]: Json } = { 'AWS::EMR::SecurityConfiguration': { HttpPutResponseHopLimit: 1 } };

/** The properties of a resource after enforcement. */
function enforced(type: string, properties: Json, props: RequireImdsv2Props): Json {
  const stack = scratchStack();
  new CfnResource(stack, 'Subject', { type, properties });
  DOORS.enforce(stack, props);
  return synthesize(stack).template.Resources.Subject.Properties!;
}

/** A block that requires tokens, with other settings. */
function requiredWith({ words }: Carrier, others: Json): unknown {
  const block = words.only(words.required);
  if (Object.keys(others).length === 0) { return block; }
  const [[name, value]] = Object.entries(block as Json);
  return typeof value === 'object' ? { [name]: { ...value, ...others } } : { [name]: value, ...others };
}

describe.each(CARRIERS)('$type', carrier => {
  const { type, words, around, inherits } = carrier;

  test('gets every prop for which it has a field', () => {
    const block = inherits ? words.only(words.weak) : undefined;
    expect(enforced(type, around(block), EVERYTHING)).toEqual(around(requiredWith(carrier, FILLED[type])));
  });

  test('gets only tokens without props', () => {
    const block = inherits ? words.only(words.weak) : undefined;
    expect(enforced(type, around(block), {})).toEqual(around(words.only(words.required)));
  });

  test('gets a prop even if it already requires tokens', () => {
    expect(enforced(type, around(words.only(words.required)), EVERYTHING))
      .toEqual(around(requiredWith(carrier, { ...FILLED[type], ...MANDATORY[type] })));
  });

  test('keeps the settings of the user', () => {
    const others = { httpEndpoint: false, httpProtocolIpv6: true, httpPutResponseHopLimit: 7, instanceMetadataTags: false };
    expect(enforced(type, around(words.say(words.weak)), others)).toEqual(around(words.say(words.required)));
  });
});

describe('a prop', () => {
  const options = (block: unknown, props: RequireImdsv2Props) =>
    enforced('AWS::EC2::Instance', { InstanceType: 't3.micro', MetadataOptions: block }, props).MetadataOptions;

  test.each([
    [{ httpEndpoint: true }, { HttpEndpoint: 'enabled' }],
    [{ httpEndpoint: false }, { HttpEndpoint: 'disabled' }],
    [{ httpProtocolIpv6: true }, { HttpProtocolIpv6: 'enabled' }],
    [{ httpProtocolIpv6: false }, { HttpProtocolIpv6: 'disabled' }],
    [{ instanceMetadataTags: true }, { InstanceMetadataTags: 'enabled' }],
    [{ instanceMetadataTags: false }, { InstanceMetadataTags: 'disabled' }],
    [{ httpPutResponseHopLimit: 1 }, { HttpPutResponseHopLimit: 1 }],
    [{ httpPutResponseHopLimit: 64 }, { HttpPutResponseHopLimit: 64 }],
    [{ httpEndpoint: undefined, httpPutResponseHopLimit: undefined }, {}],
  ])('such as %j is written as %j', (props, written) => {
    expect(options(undefined, props)).toEqual({ HttpTokens: 'required', ...written });
  });

  test.each(ONCE)('works by %s', (_, door) => {
    const stack = scratchStack();
    new CfnInstance(stack, 'Host', { instanceType: 't3.micro', metadataOptions: { httpEndpoint: 'disabled' } });
    door(stack, EVERYTHING);
    expect(synthesize(stack).template.Resources.Host.Properties).toEqual({ InstanceType: 't3.micro', MetadataOptions: { HttpTokens: 'required', ...ALL, HttpEndpoint: 'disabled' } });
  });

  test.each([
    ['instead of null', { HttpPutResponseHopLimit: null }, { HttpPutResponseHopLimit: 2 }],
    ['instead of AWS::NoValue', { HttpPutResponseHopLimit: NO_VALUE }, { HttpPutResponseHopLimit: 2 }],
    ['in the unset branch of a value', { HttpPutResponseHopLimit: when('IsProduction', 1, NO_VALUE) },
      { HttpPutResponseHopLimit: when('IsProduction', 1, 2) }],
    ['not over a parameter', { HttpPutResponseHopLimit: { Ref: 'Hops' } }, { HttpPutResponseHopLimit: { Ref: 'Hops' } }],
    ['not instead of an invalid value', { HttpPutResponseHopLimit: 0 }, { HttpPutResponseHopLimit: 0 }],
  ])('fills %s', (_, given, filled) => {
    expect(options({ HttpTokens: 'required', ...given }, { httpPutResponseHopLimit: 2 })).toEqual({ HttpTokens: 'required', ...filled });
  });

  test('sets unset options in each branch of a block', () => {
    const block = when('IsProduction', { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 }, NO_VALUE);
    expect(options(block, { httpPutResponseHopLimit: 2 })).toEqual(when('IsProduction',
      { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }, { HttpTokens: 'required', HttpPutResponseHopLimit: 2 }));
  });

  test('sets what a Lazy leaves unset, and keeps what it sets', () => {
    const stack = scratchStack();
    const lazy = (options_: CfnInstance.MetadataOptionsProperty) => Lazy.any({ produce: () => options_ });
    new CfnInstance(stack, 'Unset', { metadataOptions: lazy({}) });
    new CfnInstance(stack, 'Set', { metadataOptions: lazy({ httpPutResponseHopLimit: 1 }) });
    new CfnInstance(stack, 'Number', { metadataOptions: { httpPutResponseHopLimit: Lazy.number({ produce: () => 1 }) } });
    DOORS.with(stack, { httpPutResponseHopLimit: 2 });
    const { Resources } = synthesize(stack).template;
    expect(['Unset', 'Set', 'Number'].map(id => Resources[id].Properties?.MetadataOptions)).toEqual(
      [2, 1, 1].map(HttpPutResponseHopLimit => ({ HttpTokens: 'required', HttpPutResponseHopLimit })));
  });

  test('sets what an override deleted, and keeps what an override set', () => {
    const stack = scratchStack();
    const metadataOptions = { httpTokens: 'required', httpPutResponseHopLimit: 1 };
    new CfnInstance(stack, 'Deleted', { metadataOptions }).addPropertyDeletionOverride('MetadataOptions.HttpPutResponseHopLimit');
    new CfnInstance(stack, 'Set', { metadataOptions }).addPropertyOverride('MetadataOptions.HttpPutResponseHopLimit', 3);
    DOORS.with(stack, { httpPutResponseHopLimit: 2 });
    const { Resources } = synthesize(stack).template;
    expect(['Deleted', 'Set'].map(id => Resources[id].Properties?.MetadataOptions)).toEqual(
      [2, 3].map(HttpPutResponseHopLimit => ({ HttpTokens: 'required', HttpPutResponseHopLimit })));
  });

  test.each([
    ['an instance', 'AWS::EC2::Instance', (MetadataOptions: unknown) => ({ MetadataOptions })],
    ['a document', 'AWS::EMR::SecurityConfiguration', (block: unknown) => ({ SecurityConfiguration: { InstanceMetadataServiceConfiguration: block } })],
  ])('can be a number token, for %s', (_, type, around) => {
    const stack = scratchStack();
    const hops = new CfnParameter(stack, 'Hops', { type: 'Number' });
    const resource = new CfnResource(stack, 'Subject', { type, properties: around({ HttpTokens: 'required', MinimumInstanceMetadataServiceVersion: 2 }) });
    DOORS.enforce(stack, { httpPutResponseHopLimit: hops.valueAsNumber });
    resource.with(new RequireImdsv2({ httpPutResponseHopLimit: Token.asNumber(Fn.select(0, ['9'])) }));
    expect(JSON.stringify(synthesize(stack).template.Resources.Subject)).toMatch(/"HttpPutResponseHopLimit":("9"|\{"Ref":"Hops"\})/);
  });

  describe.each<[string, unknown, { readonly [option: string]: unknown }, object]>([
    ['that is not in the app', { LaunchTemplateId: 'lt-1', Version: '7' }, {}, { HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' }],
    ['that it follows', { LaunchTemplateId: { Ref: 'Template' }, Version: LATEST }, {}, {}],
    ['that it does not follow', { LaunchTemplateId: { Ref: 'Template' }, Version: '1' }, {}, { HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' }],
    ['that sets it', { LaunchTemplateId: { Ref: 'Template' }, Version: '1' }, { HttpPutResponseHopLimit: 2 }, { HttpEndpoint: 'enabled' }],
  ])('on an instance with a launch template %s', (_, LaunchTemplate, said, own) => {
    test.each(['before', 'after'])('is written if the template does not have it, with the template %s', order => {
      const stack = scratchStack();
      const template = () => new CfnResource(stack, 'Template', { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { MetadataOptions: said } } });
      if (order === 'before') { template(); }
      new CfnResource(stack, 'Host', { type: 'AWS::EC2::Instance', properties: { LaunchTemplate } });
      if (order === 'after') { template(); }
      DOORS.enforce(stack, { httpPutResponseHopLimit: 1, httpEndpoint: true });
      expect(synthesize(stack).template.Resources.Host.Properties?.MetadataOptions).toEqual({ HttpTokens: 'required', ...own });
    });
  });
});

describe('a prop that EC2 does not accept throws at once, with the value', () => {
  /** Props as callers without types can pass them. */
  const untyped = (name: string, value: unknown) => ({ [name]: value }) as RequireImdsv2Props;

  test.each([
    ...[0, 65, 1.5, -1, NaN, Infinity, '2', null, true, [2]].map(value => ['httpPutResponseHopLimit', value] as const),
    ...['httpEndpoint', 'httpProtocolIpv6', 'instanceMetadataTags'].flatMap(name => ['enabled', 1, null].map(value => [name, value] as const)),
  ])('%s: %p', (name, value) => {
    const stack: Stack = scratchStack();
    const said = new RegExp(`${name} must be .*got .*${String(value)}`);
    expect(() => new RequireImdsv2(untyped(name, value))).toThrow(said);
    expect(() => Imdsv2.enforce(stack, untyped(name, value))).toThrow(said);
  });
});
