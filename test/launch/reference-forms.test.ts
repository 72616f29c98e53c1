import { RECORDS } from '../../src/resources/all-records';
import { covering } from '../harness/pairs';
import { FORMS_ACROSS_STACKS } from './harness/forms-across-stacks';
import { FORMS_BY_NAME } from './harness/forms-by-name';
import { FORMS_IN_A_STACK } from './harness/forms-in-a-stack';
import { FORMS_IN_NESTED_STACKS } from './harness/forms-in-nested-stacks';
import { FORMS_WITH_ALTERNATIVES } from './harness/forms-with-alternatives';
import type { Launcher } from './harness/launchers';
import { LAUNCHERS } from './harness/launchers';
import { answer, readings } from './harness/readings';
import type { Expected, ReferenceForm } from './harness/site';
import { Site } from './harness/site';

const FORMS: readonly (readonly [family: string, forms: readonly ReferenceForm[]])[] = [
  ['in a stack', FORMS_IN_A_STACK],
  ['by name', FORMS_BY_NAME],
  ['with alternatives', FORMS_WITH_ALTERNATIVES],
  ['across stacks', FORMS_ACROSS_STACKS],
  ['in nested stacks', FORMS_IN_NESTED_STACKS],
];

/**
 * Launchers with the same source type and the same keys read references in the same way. So each form is tested for each kind, and each launcher in
 * each family.
 */
const CASES = covering(
  FORMS.flatMap(([family, forms]) => forms.flatMap(form =>
    LAUNCHERS.filter(form.suits ?? (() => true)).map(launcher => ({ family, form, launcher })))),
  ({ family, form, launcher }) => [`${form.name}: ${kindOf(launcher)}`, `${family}: ${launcher.title}`],
);

function kindOf({ reference: { target, keys } }: Launcher): string {
  return JSON.stringify([target, keys && Object.keys(keys)]);
}

/** The expected result of a launcher. If it names no template, it has no version. */
const answers = (expected: readonly Expected[], { reference }: Launcher) => expected
  .map(({ launcher = 'Stack/Launcher', source, versions }) => answer(launcher, source, reference.keys ? versions : []));

test('every place in the table has a launcher', () => {
  const places = RECORDS.flatMap(({ type, launchesFrom }) => launchesFrom?.references.map(({ path }) => `${type} (${path})`) ?? []);
  expect(LAUNCHERS.map(({ title }) => title).sort()).toEqual([...places].sort());
});

describe.each(FORMS)('%s', (_, forms) => {
  const cases = CASES.filter(({ form }) => forms.includes(form)).map(one => [one.form.name, one.launcher.title, one] as const);

  test.each(cases)('%s: %s', (__, ___, { form, launcher }) => {
    const site = new Site(launcher);
    const expected = answers(form.build(site), launcher);
    const templates = form.templates ? answers(form.templates, launcher) : expected;
    expect(readings(site.app, ({ reference }) => reference === launcher.reference)).toEqual({ before: expected, templates, after: expected });
  });
});
