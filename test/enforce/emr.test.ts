import { Lazy, Stack } from 'aws-cdk-lib';
import { CARRIERS } from '../harness/carriers';
import { when } from '../harness/condition-forms';
import { NOW_AND_LATER } from '../harness/doors';
import type { Form } from '../harness/form';
import { testForms } from '../harness/forms-through-doors';
import type { Json } from '../harness/json';
import { put } from '../harness/json';
import { WAYS } from '../harness/ways';

const configuration = CARRIERS.find(({ type }) => type === 'AWS::EMR::SecurityConfiguration')!;

const ENCRYPTION = { EncryptionConfiguration: { EnableInTransitEncryption: false, Note: 'a "quoted" \\ and ünusual note' } };
const metadata = (version?: unknown): Json => ({
  InstanceMetadataServiceConfiguration: put({ HttpPutResponseHopLimit: 2 }, 'MinimumInstanceMetadataServiceVersion', version),
});
const REQUIRED = { ...ENCRYPTION, ...metadata(2) };
const compact = JSON.stringify;
const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** A document before and after enforcement. */
function document(name: string, given: unknown, becomes: unknown, more: Partial<Form> = {}): Form {
  return { name, given: c => c.around(given), becomes: c => c.around(becomes), ...more };
}

/** A text before and after enforcement: in a generic resource, and in an override of each kind of resource. */
function text(name: string, given: unknown, becomes: unknown, more: Partial<Form> = {}): readonly Form[] {
  return [
    document(name, given, becomes, { ways: ['generic CfnResource'], ...more }),
    {
      ...document(`${name}, by an override over an object`, { ...ENCRYPTION, ...metadata(1) }, becomes, more),
      then: resource => resource.addPropertyOverride('SecurityConfiguration', given),
    },
  ];
}

const unreadable = { changes: () => false, reports: ['Imdsv2::OptionsUnreadable'] } as const;

/** The document as text, in all forms that produce a text. */
const FORMS: readonly Form[] = [
  ...text('text without settings of the metadata service', compact(ENCRYPTION),
    compact({ ...ENCRYPTION, InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 } })),
  ...text('text with version 1', compact({ ...ENCRYPTION, ...metadata(1) }), compact(REQUIRED)),
  ...text('text with version 2', compact(REQUIRED), compact(REQUIRED), { changes: () => false }),
  ...text('text with version 2 as text', compact({ ...ENCRYPTION, ...metadata('2') }), compact(REQUIRED)),
  ...text('text with null for a version', compact({ ...ENCRYPTION, ...metadata(null) }), compact(REQUIRED)),
  ...text('text with null for the block', compact({ ...ENCRYPTION, InstanceMetadataServiceConfiguration: null }),
    compact({ ...ENCRYPTION, InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 } })),
  ...text('an empty document as text', '{}', compact({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 } })),
  ...text('text in lines', pretty({ ...ENCRYPTION, ...metadata(1) }), pretty(REQUIRED)),
  ...text('text in lines with version 2', pretty(REQUIRED), pretty(REQUIRED), { changes: () => false }),
  ...text('text in lines indented by tabs', JSON.stringify({ ...ENCRYPTION, ...metadata(1) }, undefined, '\t'), JSON.stringify(REQUIRED, undefined, '\t')),
  ...text('text without the brace at its end', '{"EncryptionConfiguration":{}', '{"EncryptionConfiguration":{}', { ...unreadable }),
  ...text('text that is a list', '[]', '[]', { ...unreadable }),
  ...text('text that is no JSON', 'none', 'none', { ...unreadable }),
  ...text('text in which the block is another thing', '{"InstanceMetadataServiceConfiguration":"2"}', '{"InstanceMetadataServiceConfiguration":"2"}',
    { ...unreadable }),
  document('an object in which the block is another thing', { InstanceMetadataServiceConfiguration: [2] }, { InstanceMetadataServiceConfiguration: [2] },
    { ...unreadable }),
  ...text('text on one side of Fn::If, and an object on the other',
    when('IsProduction', compact({ ...ENCRYPTION, ...metadata(1) }), { ...ENCRYPTION, ...metadata() }), when('IsProduction', compact(REQUIRED), REQUIRED)),
  document('Fn::If around the block within the document',
    { ...ENCRYPTION, InstanceMetadataServiceConfiguration: when('IsProduction', metadata(1).InstanceMetadataServiceConfiguration, { Ref: 'AWS::NoValue' }) },
    {
      ...ENCRYPTION,
      InstanceMetadataServiceConfiguration: when('IsProduction',
        metadata(2).InstanceMetadataServiceConfiguration, { MinimumInstanceMetadataServiceVersion: 2, HttpPutResponseHopLimit: 1 }),
    }),
  document('a Lazy around the block within the document',
    { ...ENCRYPTION, InstanceMetadataServiceConfiguration: Lazy.any({ produce: () => metadata(1).InstanceMetadataServiceConfiguration }) }, REQUIRED,
    { ways: ['typed L1', 'generic CfnResource'] }),
  ...text('a Lazy text', Lazy.string({ produce: () => compact({ ...ENCRYPTION, ...metadata(1) }) }), compact(REQUIRED)),
  ...text('Fn::Sub with a variable within a string',
    { 'Fn::Sub': `{"Key":"arn:\${AWS::Partition}:kms:\${!Literal}",${compact(metadata(1)).slice(1)}` },
    { 'Fn::Sub': `{"Key":"arn:\${AWS::Partition}:kms:\${!Literal}",${compact(metadata(2)).slice(1)}` }),
  ...text('Fn::Sub with a reference within a string, under a condition',
    when('IsProduction', { 'Fn::Sub': `{"Key":"\${AnyValue}",${compact(metadata(1)).slice(1)}` }, compact(metadata(1))),
    when('IsProduction', { 'Fn::Sub': `{"Key":"\${AnyValue}",${compact(metadata(2)).slice(1)}` }, compact(metadata(2)))),
  ...text('Fn::Sub with a variable of its own',
    { 'Fn::Sub': [`{"Hops":\${Hops},${compact(metadata()).slice(1)}`, { Hops: { Ref: 'AnyValue' } }] },
    { 'Fn::Sub': [`{"Hops":\${Hops},${compact(metadata(2)).slice(1)}`, { Hops: { Ref: 'AnyValue' } }] }),
  ...text('Fn::Sub with the version left to a variable',
    { 'Fn::Sub': '{"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":${AnyValue}}}' },
    { 'Fn::Sub': '{"InstanceMetadataServiceConfiguration":{"MinimumInstanceMetadataServiceVersion":2,"HttpPutResponseHopLimit":1}}' }),
  ...text('Fn::Join around a reference',
    { 'Fn::Join': ['', ['{"Key":"', { Ref: 'AnyValue' }, `",${compact(metadata(1)).slice(1)}`]] },
    { 'Fn::Join': ['', ['{"Key":"', { Ref: 'AnyValue' }, `",${compact(metadata(2)).slice(1)}`]] }),
  ...text('a reference for the whole document', { Ref: 'AnyValue' }, { Ref: 'AnyValue' }, { ...unreadable }),
  {
    name: 'stack.toJsonString with references in it',
    given: c => c.around(Lazy.uncachedString({
      produce: ({ scope }) => Stack.of(scope).toJsonString({ Region: Stack.of(scope).region, ...ENCRYPTION, ...metadata(1) }),
    })),
    becomes: c => c.around({ 'Fn::Join': ['', ['{"Region":"', { Ref: 'AWS::Region' }, `",${compact(REQUIRED).slice(1)}`]] }),
    ways: ['typed L1', 'generic CfnResource'],
  },
  {
    ...document('an object by an override over text', compact(REQUIRED), REQUIRED, { ways: ['generic CfnResource'] }),
    then: (resource) => resource.addPropertyOverride('SecurityConfiguration', { ...ENCRYPTION, ...metadata(1) }),
  },
];

describe.each(WAYS)('an EMR security configuration by %s', way => testForms(configuration, way, FORMS, NOW_AND_LATER));
