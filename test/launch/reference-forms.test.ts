import { RECORDS } from '../../src/resources/records';
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

const FORMS: readonly ReferenceForm[] = [
  ...FORMS_IN_A_STACK, ...FORMS_BY_NAME, ...FORMS_WITH_ALTERNATIVES, ...FORMS_ACROSS_STACKS, ...FORMS_IN_NESTED_STACKS,
];

/** What is expected of a launcher: one that names no template names no version. */
const answers = (expected: readonly Expected[], { reference }: Launcher) => expected
  .map(({ launcher = 'Stack/Launcher', source, versions }) => answer(launcher, source, reference.keys ? versions : []));

test('every place in the table has a launcher', () => {
  const places = RECORDS.flatMap(({ type, launchesFrom }) => launchesFrom?.references.map(({ path }) => `${type} (${path})`) ?? []);
  expect(LAUNCHERS.map(({ title }) => title).sort()).toEqual([...places].sort());
});

describe.each(FORMS.map(form => [form.name, form] as const))('%s', (_, form) => {
  const { suits = () => true } = form;

  test.each(LAUNCHERS.filter(suits).map(launcher => [launcher.title, launcher] as const))('%s', (__, launcher) => {
    const site = new Site(launcher);
    const expected = answers(form.build(site), launcher);
    const templates = form.templates ? answers(form.templates, launcher) : expected;
    expect(readings(site.app, ({ reference }) => reference === launcher.reference)).toEqual({ before: expected, templates, after: expected });
  });
});
