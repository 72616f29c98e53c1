import type { App } from 'aws-cdk-lib';
import { Aspects, Stage } from 'aws-cdk-lib';
import { ASPECT_STABILIZATION } from 'aws-cdk-lib/cx-api';
import * as fc from 'fast-check';
import { Imdsv2, RequireImdsv2 } from '../../src';
import { TREES } from './recipes';
import { unrequired } from './required';
import { filesOf, holds, remembering, synthesized, templatesOf } from './synth';
import type { StackRecipe } from './trees';
import { grow } from './trees';
import { withoutTokens } from './untouched';

const RUNS = 90;

/** The ways to enforce everywhere. */
const DOORS: readonly [string, (app: App) => void, object][] = [
  ['Imdsv2.enforce', app => Imdsv2.enforce(app), {}],
  ['the mixin on every construct', app => app.node.findAll().forEach(construct => { construct.with(new RequireImdsv2()); }), {}],
  ['the aspect on every stage', app => stagesOf(app).forEach(stage => Aspects.of(stage).add(new RequireImdsv2())), { [ASPECT_STABILIZATION]: true }],
];

const bare = remembering((stacks: readonly StackRecipe[]) => synthesized(app => grow(app, stacks)));

describe.each(DOORS)('random trees, enforced by %s', (_, enforce, context) => {
  const enforced = remembering((stacks: readonly StackRecipe[]) => synthesized(app => { grow(app, stacks); enforce(app); }, { ...context }));

  test('where they can be synthesized at all, they can be with enforcement', () => {
    holds(fc.property(TREES, stacks => {
      fc.pre(!bare(stacks).error);
      expect(enforced(stacks).error).toBeUndefined();
    }), RUNS);
  });

  test('every carrier that can require tokens does', () => {
    holds(fc.property(TREES, stacks => {
      fc.pre(!bare(stacks).error && !enforced(stacks).error);
      expect(templatesOf(enforced(stacks)).flatMap(unrequired)).toEqual([]);
    }), RUNS);
  });

  test('nothing but the tokens changes', () => {
    holds(fc.property(TREES, stacks => {
      fc.pre(!bare(stacks).error && !enforced(stacks).error);
      expect(templatesOf(enforced(stacks)).map(each => withoutTokens(each))).toEqual(templatesOf(bare(stacks)).map(each => withoutTokens(each)));
    }), RUNS);
  });

  test('enforcing twice is enforcing once', () => {
    holds(fc.property(TREES, stacks => {
      fc.pre(!bare(stacks).error && !enforced(stacks).error);
      const twice = synthesized(app => { grow(app, stacks); enforce(app); Imdsv2.enforce(app); }, { ...context });
      expect(filesOf(twice)).toEqual(filesOf(enforced(stacks)));
    }), RUNS);
  });
});

function stagesOf(app: App): Stage[] {
  return app.node.findAll().filter(construct => Stage.isStage(construct));
}
