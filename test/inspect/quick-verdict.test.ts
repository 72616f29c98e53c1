import { Lazy, Stack } from 'aws-cdk-lib';
import { CfnInstance } from 'aws-cdk-lib/aws-ec2';
import { readBlocks } from '../../src/inspect/blocks';
import type { Finding } from '../../src/inspect/finding';
import type { RuleCheck } from '../../src/inspect/judge';
import { UNCONDITIONAL_CHECKS, UNSET_CHECKS, OPTION_CHECKS } from '../../src/inspect/judge';
import { LaunchAnalysis } from '../../src/inspect/launch-analysis';
import { quickVerdictOf } from '../../src/inspect/quick-verdict';
import { TreeAnalysis } from '../../src/inspect/tree-analysis';
import { TemplateSet } from '../../src/launch/template-set';
import type { LaunchResource } from '../../src/launch/world';
import { ImdsPolicy } from '../../src/policy/imds-policy';
import { RECORDS } from '../../src/resources/all-records';
import { recordOf } from '../../src/resources/record-table';
import { scratchStack } from '../harness/scratch-app';
import { BLOCKS, SURROUNDINGS, TEMPLATES, around } from './plain-cases';

const POLICY = new ImdsPolicy({}, () => false);
function inTemplate(type: string, properties: unknown): { readonly resource: LaunchResource; readonly analysis: LaunchAnalysis } {
  const world = new TemplateSet([{ file: 'a.json', template: { Resources: { A: { Type: type, Properties: properties }, ...TEMPLATES } } }]);
  return { resource: world.resources[0], analysis: new LaunchAnalysis(world) };
}

function foundBy(checks: readonly RuleCheck[], resource: LaunchResource, analysis: LaunchAnalysis): readonly Finding[] {
  const judged = { resource, record: recordOf(resource.type)!, blocks: resource.reading.of(readBlocks), analysis, policy: POLICY };
  return checks.flatMap(check => check(judged));
}

describe.each(RECORDS.filter(({ carriers }) => carriers.length > 0).map(record => [record.type, record] as const))('%s', (type, { carriers }) => {
  test('a resource that the short way accepts has no findings', () => {
    const wrong = carriers.flatMap(({ path }) => BLOCKS.flatMap(block => SURROUNDINGS.flatMap(more => {
      const { resource, analysis } = inTemplate(type, around(path, block, more));
      return quickVerdictOf(resource, analysis, POLICY) === 'compliant' ? foundBy([...OPTION_CHECKS, ...UNCONDITIONAL_CHECKS], resource, analysis).map(({ rule }) => ({ rule, block, more })) : [];
    })));
    expect(wrong).toEqual([]);
  });

  test('a resource without options has the same findings in the short way and in the long way', () => {
    const silent = carriers.flatMap(({ path }) => [undefined, null, 'nowhere'].flatMap(block => SURROUNDINGS.map(more =>
      inTemplate(type, block === 'nowhere' ? more : around(path, block, more))))).filter(({ resource, analysis }) => quickVerdictOf(resource, analysis, POLICY) === 'unset');
    expect(silent.length > 0).toBe(carriers.every(({ path, inherits, fixedHopLimit, countsWith, needsParent, dialect }) =>
      !path.includes('[]') && !inherits && fixedHopLimit === undefined && !countsWith && !needsParent && dialect.holds) && recordOf(type)!.gaps.length === 0);
    for (const { resource, analysis } of silent) {
      expect(foundBy(UNSET_CHECKS, resource, analysis)).toEqual(foundBy(OPTION_CHECKS, resource, analysis));
    }
  });
});

test.each([['AWS::EC2::Instance', 'MetadataOptions', { HttpTokens: 'required' }], ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.MetadataOptions', { HttpTokens: 'required', HttpPutResponseHopLimit: 2 }],
  ['AWS::SageMaker::NotebookInstance', 'InstanceMetadataServiceConfiguration', { MinimumInstanceMetadataServiceVersion: '2' }]])('%s is compliant at first sight', (type, path, block) => {
  const { resource, analysis } = inTemplate(type, around(path.split('.'), block, { ImageId: 'ami-1' }));
  expect(quickVerdictOf(resource, analysis, POLICY)).toBe('compliant');
});

test('the short way does not judge a template with containers without options, because its hop limit matters', () => {
  const { resource, analysis } = inTemplate('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { UserData: 'echo ECS_CLUSTER=a >> /etc/ecs/ecs.config' } });
  expect(quickVerdictOf(resource, analysis, POLICY)).toBe(undefined);
});

describe('in a construct tree', () => {
  const verdictAfter = (write: (host: CfnInstance) => void, metadataOptions: unknown = { httpTokens: 'required' }) => {
    const host = new CfnInstance(scratchStack(), 'Host', { metadataOptions: metadataOptions as CfnInstance.MetadataOptionsProperty });
    write(host);
    const analysis = TreeAnalysis.of(Stack.of(host));
    return quickVerdictOf(analysis.resourceOf(host), analysis, POLICY);
  };

  test('the short way judges literals', () => {
    expect(verdictAfter(() => undefined)).toBe('compliant');
    expect(verdictAfter(host => host.addPropertyOverride('ImageId', 'ami-1'))).toBe('compliant');
    expect(verdictAfter(host => { host.metadataOptions = undefined; })).toBe('unset');
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
    ['options that an override adds', host => { host.metadataOptions = undefined; host.addPropertyOverride('MetadataOptions.HttpTokens', 'optional'); }],
    ['options that a Lazy leaves out', host => { host.metadataOptions = Lazy.any({ produce: () => undefined }); }],
  ])('the short way does not judge %s', (_, write) => expect(verdictAfter(write)).toBe(undefined));
});
