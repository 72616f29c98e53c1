import type { CfnResource } from 'aws-cdk-lib';
import { LiveResource } from '../../src/resources/live-resource';
import { ALL_FORMS } from '../harness/all-forms';
import type { Carrier } from '../harness/carriers';
import { CARRIERS } from '../harness/carriers';
import type { Form } from '../harness/form';
import { formsFor } from '../harness/form';
import { scratchStack } from '../harness/scratch-app';
import type { Way } from '../harness/ways';
import { WAYS, subjectId, write } from '../harness/ways';
import type { ThreeWays } from './three-ways';
import { threeWays, unanimous } from './three-ways';
import type { Verdicts } from './verdicts';

/** The forms that CDK can synthesize as they are, and those that it rejects unless they are corrected. */
function sorted(carrier: Carrier, way: Way): { readonly sound: readonly Form[]; readonly refused: readonly Form[] } {
  const forms = formsFor(ALL_FORMS, carrier, way);
  if (way === 'generic CfnResource') { return { sound: forms, refused: [] }; }
  const stack = scratchStack();
  write(stack, way, carrier, forms);
  const resources = new Map(stack.node.findAll().map(construct => [construct.node.id, construct as CfnResource]));
  const isSound = (_: Form, index: number) => new LiveResource(resources.get(subjectId(index))!).rendered() !== undefined;
  return { sound: forms.filter(isSound), refused: forms.filter((form, index) => !isSound(form, index)) };
}

/** Verdicts with the name of a form instead of a path. */
function named({ sound, refused }: ReturnType<typeof sorted>, { aspect, validator, pack }: ThreeWays): ThreeWays {
  const nameIn = (forms: readonly Form[], path: string) => forms.find((_, index) => path.endsWith(`/${subjectId(index)}`))?.name ?? path;
  const nameOf = (path: string) => nameIn(path.startsWith('Refused/') ? refused : sound, path);
  const each = (verdicts: Verdicts): Verdicts => Object.fromEntries(Object.entries(verdicts).map(([path, ids]) => [nameOf(path), ids]));
  return { aspect: each(aspect), validator: each(validator), pack: each(pack) };
}

describe.each(CARRIERS)('every form of $type', carrier => {
  test.each(WAYS)('by %s has the same verdict everywhere as written, and with enforcement', way => {
    const forms = sorted(carrier, way);
    const { asWritten, enforced } = threeWays(app => write(scratchStack(app, 'Sound'), way, carrier, forms.sound), {
      mendedOnly: app => { if (forms.refused.length > 0) { write(scratchStack(app, 'Refused'), way, carrier, forms.refused); } },
    });
    expect(named(forms, asWritten)).toEqual(unanimous(named(forms, asWritten).aspect));
    expect(named(forms, enforced)).toEqual(unanimous(named(forms, enforced).aspect));
  });
});
