import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { Imdsv2 } from '../../src';
import { include } from '../resources/included';
import { asGenericResources } from './declarations';
import type { Template } from './json';
import { barred, doubtful } from './required';
import type { Synthesized } from './synth';
import { holds, remembering, synthesized, templatesOf } from './synth';
import { template } from './templates';

const RUNS = 60;

/** Types that CloudFormation replaces when their metadata options change. */
const REPLACED = [
  'AWS::EC2::EC2Fleet', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::WorkspacesInstances::WorkspaceInstance', 'AWS::EMR::SecurityConfiguration',
];

const DOORS: readonly [string, (app: App, source: Template) => void, boolean][] = [
  ['resources without a type of their own', (app, source) => asGenericResources(new Stack(app, 'Stack'), source), false],
  ['CfnInclude', (app, source) => { include(new Stack(app, 'Stack'), 'Included', source as Parameters<typeof include>[2]); }, true],
];

describe.each(DOORS)('what is said of random templates as %s', (_, build, tame) => {
  const bare = remembering((source: Template) => synthesized(app => build(app, source)));
  const enforced = remembering((source: Template) => synthesized(app => { build(app, source); Imdsv2.enforce(app); }));

  test('where tokens cannot be required, it is said; where they are, nothing is', () => {
    holds(fc.property(template(tame), source => {
      fc.pre(!bare(source).error && !enforced(source).error);
      const [result] = templatesOf(enforced(source));
      expect(resourcesWith(enforced(source), 'OptionsUnreadable')).toEqual(barred(result));
      expect(resourcesWith(enforced(source), 'TokensRequired')).toEqual(doubtful(result));
    }), RUNS);
  });

  test('where a change replaces a resource, it is said; where nothing changes, nothing is', () => {
    holds(fc.property(template(tame), source => {
      fc.pre(!bare(source).error && !enforced(source).error);
      const [[before], [after]] = [templatesOf(bare(source)), templatesOf(enforced(source))];
      const replaced = Object.entries(after.Resources ?? {}).filter(([logicalId, resource]) =>
        REPLACED.includes(resource.Type) && canonical(resource) !== canonical(before.Resources?.[logicalId]));
      expect(resourcesWith(enforced(source), 'ReplacesResource')).toEqual(replaced.map(([logicalId]) => logicalId));
    }), RUNS);
  });
});

/** The resources of which something is said, in the order of the template. */
function resourcesWith({ messages = [] }: Synthesized, id: string): string[] {
  const said = messages.filter(message => message.includes(`Imdsv2::${id}]`)).map(message => /Resource\d+/.exec(message)![0]);
  return [...new Set(said)].sort();
}

/** A value as JSON, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => typeof each === 'object' && each !== null && !Array.isArray(each)
    ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => one < other ? -1 : 1))
    : each);
}
