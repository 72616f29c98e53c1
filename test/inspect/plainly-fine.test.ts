import { Lazy, Stack } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { readBlocks } from '../../src/inspect/blocks';
import { NEVER_SPARED, SPARED } from '../../src/inspect/judge';
import { LaunchAnalysis } from '../../src/inspect/launch-analysis';
import { isPlainlyFine } from '../../src/inspect/plainly-fine';
import { TreeAnalysis } from '../../src/inspect/tree-analysis';
import { TemplateSet } from '../../src/launch/template-set';
import type { LaunchResource } from '../../src/launch/world';
import { ImdsPolicy } from '../../src/policy/imds-policy';
import { RECORDS } from '../../src/resources/all-records';
import { recordOf } from '../../src/resources/record-table';
import { scratchStack } from '../harness/scratch-app';

const POLICY = new ImdsPolicy({}, () => false);
const VALUES: readonly unknown[] = [
  undefined, null, 'required', 'optional', 'enabled', 'disabled', 1, 2, '2', 3, 64, 65, true, '', [], {}, { Ref: 'AWS::NoValue' }, { Ref: 'Parameter' },
  { 'Fn::If': ['C', 'required', 'optional'] }, '{{resolve:ssm:x}}',
];
const KEYS = ['HttpTokens', 'HttpPutResponseHopLimit', 'HttpEndpoint', 'HttpProtocolIpv6', 'InstanceMetadataTags', 'MinimumInstanceMetadataServiceVersion', 'Fn::Transform'];
const SURROUNDINGS: readonly object[] = [
  {}, { UserData: 'ECS_CLUSTER=a', ImageId: 'ami-1' }, { UserData: { 'Fn::Base64': '/etc/eks/bootstrap.sh' } },
  { InstanceType: 't2.micro', Tags: [{ Key: 'a b', Value: 'c' }] }, { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } },
  { LaunchTemplate: { LaunchTemplateId: { Ref: 'Elsewhere' }, Version: { Ref: 'Parameter' } } },
];

/** Blocks with one setting besides tokens, of every kind. */
const BLOCKS: readonly unknown[] = [
  ...VALUES, ...VALUES.map(tokens => ({ HttpTokens: tokens })), ...VALUES.map(version => ({ MinimumInstanceMetadataServiceVersion: version })),
  ...KEYS.flatMap(key => VALUES.map(value => ({ HttpTokens: 'required', MinimumInstanceMetadataServiceVersion: '2', [key]: value }))),
];

function inTemplate(type: string, properties: unknown): { readonly resource: LaunchResource; readonly analysis: LaunchAnalysis } {
  const world = new TemplateSet([{ file: 'a.json', template: { Resources: { A: { Type: type, Properties: properties } } } }]);
  return { resource: world.resources[0], analysis: new LaunchAnalysis(world) };
}

function foundByAll(resource: LaunchResource, analysis: LaunchAnalysis): readonly string[] {
  const judged = { resource, record: recordOf(resource.type)!, blocks: resource.reading.of(readBlocks), analysis, policy: POLICY };
  return [...SPARED, ...NEVER_SPARED].flatMap(check => check(judged)).map(({ rule }) => rule);
}

/** The properties of a resource with a block at its path, in a list of one where there are lists. */
function around(path: readonly string[], block: unknown, more: object): unknown {
  const [head, ...rest] = path;
  if (head === undefined) { return block; }
  return head === '[]' ? [around(rest, block, {})] : { ...more, [head]: around(rest, block, head.endsWith('Data') ? more : {}) };
}

describe.each(RECORDS.filter(({ carriers }) => carriers.length > 0).map(record => [record.type, record] as const))('%s', (type, { carriers }) => {
  test('nothing is wrong with what is plainly fine', () => {
    const wrong = carriers.flatMap(({ path }) => BLOCKS.flatMap(block => SURROUNDINGS.flatMap(more => {
      const { resource, analysis } = inTemplate(type, around(path, block, more));
      return isPlainlyFine(resource, analysis, POLICY) ? foundByAll(resource, analysis).map(rule => ({ rule, block, more })) : [];
    })));
    expect(wrong).toEqual([]);
  });
});

test.each([['AWS::EC2::Instance', 'MetadataOptions', { HttpTokens: 'required' }], ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.MetadataOptions', { HttpTokens: 'required', HttpPutResponseHopLimit: 2 }],
  ['AWS::SageMaker::NotebookInstance', 'InstanceMetadataServiceConfiguration', { MinimumInstanceMetadataServiceVersion: '2' }]])('%s is plainly fine', (type, path, block) => {
  const { resource, analysis } = inTemplate(type, around(path.split('.'), block, { ImageId: 'ami-1' }));
  expect(isPlainlyFine(resource, analysis, POLICY)).toBe(true);
});

describe('in a construct tree', () => {
  const isFine = (write: (host: CfnInstance) => void, metadataOptions: unknown = { httpTokens: 'required' }) => {
    const host = new CfnInstance(scratchStack(), 'Host', { metadataOptions: metadataOptions as CfnInstance.MetadataOptionsProperty });
    write(host);
    const analysis = TreeAnalysis.of(Stack.of(host));
    return isPlainlyFine(analysis.resourceOf(host), analysis, POLICY);
  };

  test('literals are plainly fine', () => {
    expect(isFine(() => undefined)).toBe(true);
    expect(isFine(host => host.addPropertyOverride('ImageId', 'ami-1'))).toBe(true);
  });

  test.each<[string, (host: CfnInstance) => void]>([
    ['an override of the options', host => host.addPropertyOverride('MetadataOptions.HttpTokens', 'optional')],
    ['an override that requires tokens', host => host.addPropertyOverride('MetadataOptions.HttpTokens', 'required')],
    ['an override of all properties', host => host.addOverride('Properties', undefined)],
    ['a type that is overridden', host => host.addOverride('Type', 'AWS::AppStream::Fleet')],
    ['a value that was changed in place', host => { (host.metadataOptions as { httpTokens: string }).httpTokens = 'optional'; }],
    ['a Lazy', host => { host.metadataOptions = { httpTokens: Lazy.string({ produce: () => 'required' }) }; }],
    ['options in a Lazy', host => { host.metadataOptions = Lazy.any({ produce: () => ({ httpTokens: 'required' }) }); }],
    ['a hop limit in a Lazy', host => { host.metadataOptions = { httpTokens: 'required', httpPutResponseHopLimit: Lazy.number({ produce: () => 1 }) }; }],
    ['user data in a Lazy', host => { host.userData = Lazy.string({ produce: () => 'echo ECS_CLUSTER=a >> /etc/ecs/ecs.config' }); }],
  ])('%s is not', (_, write) => expect(isFine(write)).toBe(false));
});
