import { CfnResource } from 'aws-cdk-lib';
import { RequireImdsv2 } from '../../src';
import { EffectiveValues } from '../../src/check/effective';
import { valueOriginText } from '../../src/check/value-origin-text';
import { findingText } from '../../src/inspect/finding-text';
import { judge } from '../../src/inspect/judge';
import { LaunchAnalysis } from '../../src/inspect/launch-analysis';
import { TemplateSet } from '../../src/launch/template-set';
import type { SettingName } from '../../src/model/settings';
import { ImdsPolicy } from '../../src/policy/imds-policy';
import { RECORDS } from '../../src/resources/all-records';
import { EVERYWHERE, branching } from '../harness/branching';
import type { Written } from '../harness/in-a-tree';
import type { Json } from '../harness/json';
import { scratchStack } from '../harness/scratch-app';

const SETTINGS: readonly SettingName[] = ['tokens', 'hopLimit', 'endpoint', 'ipv6', 'tags'];

/** All questions of a check about resources. */
function check(Resources: Json): readonly string[] {
  const world = new TemplateSet([{ file: 'stack.json', template: { Resources } }]);
  const analysis = new LaunchAnalysis(world);
  const effective = new EffectiveValues(analysis);
  const policy = new ImdsPolicy({ httpEndpoint: false, httpProtocolIpv6: true, instanceMetadataTags: true }, () => false);
  return world.resources.flatMap(resource => [
    ...judge(resource, analysis, policy).map(findingText),
    ...SETTINGS.flatMap(name => effective.of(resource, name).map(valueOriginText)),
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

/** Each type with conditions everywhere, at this depth. */
export const CASES = RECORDS.flatMap(record =>
  EVERYWHERE.map(([name, write]) => [record.type, name, (levels: number) => branching(record, levels, write)] as const));
/** The functions that follow branches. */
export const DOORS = [['check', check], ['enforcement', enforce]] as const;
