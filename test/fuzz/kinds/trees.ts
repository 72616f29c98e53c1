import type { App } from 'aws-cdk-lib';
import { Aspects, Stage } from 'aws-cdk-lib';
import { ASPECT_STABILIZATION } from 'aws-cdk-lib/cx-api';
import { Imdsv2, RequireImdsv2 } from '../../../src';
import type { Law } from '../law';
import { kind, once, same } from '../law';
import type { Enforced } from '../laws/enforced';
import { ENFORCED } from '../laws/enforced';
import { TREES as PLANS } from '../plans/recipes';
import type { StackRecipe } from '../plans/trees';
import { grow } from '../plans/trees';
import { filesOf, synthesized } from '../synthesis';
import { validated } from '../validated';
import type { Validated } from '../validated';

type Door = 'enforce' | 'mixin' | 'aspect';
type Subject = { readonly [door in Door]: Enforced } & { readonly answers: readonly (() => Validated)[] };

/** The ways to enforce a whole tree, and the context that they need. */
const DOORS: { readonly [door in Door]: [enforce: (app: App) => void, context: object] } = {
  enforce: [app => Imdsv2.enforce(app), {}],
  mixin: [app => app.node.findAll().forEach(construct => { construct.with(new RequireImdsv2()); }), {}],
  aspect: [app => stagesOf(app).forEach(stage => Aspects.of(stage).add(new RequireImdsv2())), { [ASPECT_STABILIZATION]: true }],
};

/** Trees with nested stacks and stages, typed resources, raw overrides and lazy values, enforced in every way. */
export const TREES = kind<readonly StackRecipe[], Subject>({
  name: 'trees',
  plans: PLANS,
  open: stacks => {
    const bare = once(() => synthesized(app => grow(app, stacks)));
    const by = (door: Door): Enforced => {
      const [enforce, context] = DOORS[door];
      return {
        bare,
        enforced: once(() => synthesized(app => { grow(app, stacks); enforce(app); }, { ...context })),
        twice: () => synthesized(app => { grow(app, stacks); enforce(app); Imdsv2.enforce(app); }, { ...context }),
      };
    };
    const answers = [() => validated(app => grow(app, stacks)), () => validated(app => { grow(app, stacks); Imdsv2.enforce(app); })];
    return { enforce: by('enforce'), mixin: by('mixin'), aspect: by('aspect'), answers };
  },
  laws: [
    {
      title: 'validator and pack have the same findings, with enforcement and without',
      check: ({ enforce, answers }) => {
        if (enforce.bare().error) { return; }
        for (const { validator, pack } of answers.map(answer => answer())) { same(pack, validator, 'the pack against the validator'); }
      },
    },
    ...(['enforce', 'mixin', 'aspect'] as const).flatMap(door => ENFORCED.map(({ title, check }): Law<Subject> =>
      ({ title: `${title} (${door})`, check: subject => check(subject[door]) }))),
    ...(['mixin', 'aspect'] as const).map((door): Law<Subject> => ({
      title: `${door} and Imdsv2.enforce() come to the same templates`,
      check: subject => {
        if (!subject.enforce.bare().error) { same(filesOf(subject[door].enforced()), filesOf(subject.enforce.enforced())); }
      },
    })),
  ],
});

function stagesOf(app: App): Stage[] {
  return app.node.findAll().filter(construct => Stage.isStage(construct));
}
