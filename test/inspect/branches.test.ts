import { CfnResource } from 'aws-cdk-lib';
import { RequireImdsv2 } from '../../src';
import { EffectiveValues } from '../../src/check/effective';
import { findingText } from '../../src/inspect/finding-text';
import { judge } from '../../src/inspect/judge';
import { LaunchAnalysis } from '../../src/inspect/launch-analysis';
import { TemplateSet } from '../../src/launch/template-set';
import type { SettingName } from '../../src/model/settings';
import { ImdsPolicy } from '../../src/policy/imds-policy';
import { RECORDS } from '../../src/resources/all-records';
import { EVERYWHERE, branching } from '../harness/branching';
import { CountedReads } from '../harness/counted-reads';
import { expectLinear } from '../harness/growth';
import type { Written } from '../harness/in-a-tree';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';

const SETTINGS: readonly SettingName[] = ['tokens', 'hopLimit', 'endpoint', 'ipv6', 'tags'];

/** What a level more may multiply the work by: two in a walk over all branches, four where each meets each of another place. */
const MOST = 3;
const LEVELS = 5;
const MANY_LEVELS = 8;

/** All that a check asks of resources. */
function check(Resources: Json): readonly string[] {
  const world = new TemplateSet([{ file: 'stack.json', template: { Resources } }]);
  const analysis = new LaunchAnalysis(world);
  const effective = new EffectiveValues(analysis);
  const policy = new ImdsPolicy({ httpEndpoint: false, httpProtocolIpv6: true, instanceMetadataTags: true }, () => false);
  return world.resources.flatMap(resource => [
    ...judge(resource, analysis, policy).map(findingText),
    ...SETTINGS.flatMap(name => effective.of(resource, name).map(({ from }) => from)),
  ]);
}

function enforce(resources: Json): void {
  const stack = scratchStack();
  for (const [id, written] of Object.entries(resources)) {
    const { Type: type, Properties: properties } = written as Written;
    new CfnResource(stack, id, { type, properties }).overrideLogicalId(id);
  }
  stack.with(new RequireImdsv2({ httpEndpoint: false, httpProtocolIpv6: true, instanceMetadataTags: true }));
}

const CASES = RECORDS.flatMap(record =>
  EVERYWHERE.map(([name, write]) => [record.type, name, (levels: number) => branching(record, levels, write)] as const));
const DOORS = [['check', check], ['enforcement', enforce]] as const;

describe.each(DOORS)('%s: a level more of conditions', (_, work) => {
  const reads = (resources: Json) => {
    const counted = new CountedReads();
    work(counted.of(resources));
    return counted.count;
  };

  test.each(CASES)('in %s, %s, is twice as much to read', (_type, _name, write) => {
    expect(reads(write(LEVELS + 1))).toBeLessThan(MOST * reads(write(LEVELS)));
  });

  test.each(CASES)('in %s, %s, is twice as much to do', (_type, _name, write) => {
    expectLinear(size => work(write(Math.log2(size))), 8 * 2 ** MANY_LEVELS);
  });
});
