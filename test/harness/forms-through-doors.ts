import type { Carrier } from './carriers';
import type { NamedDoor } from './doors';
import type { Form } from './form';
import { declarations, formsFor, reportsOf } from './form';
import type { Json } from './json';
import { put } from './json';
import { scratchApp, scratchStack } from './scratch-app';
import type { Synthesized } from './synthesized';
import { read, reportedIds } from './synthesized';
import type { Way } from './ways';
import { BYSTANDER, subjectId, write } from './ways';

/** Declares one test for each form and entry point: the exact resource, its reports, and that the template has nothing else. */
export function testForms(carrier: Carrier, way: Way, allForms: readonly Form[], doors: readonly NamedDoor[]): void {
  const forms = formsFor(allForms, carrier, way);
  let stacks: readonly (readonly [string, Synthesized])[];

  beforeAll(() => {
    stacks = throughDoors(way, carrier, forms, doors);
  });

  test.each(forms.map((form, index) => [form.name, form, index] as const))('%s', (_, form, index) => {
    const expected = wanted(form, carrier);
    expect(stacks.map(([door, stack]) => ({ door, ...found(stack, index) }))).toEqual(stacks.map(([door]) => ({ door, ...expected })));
  });

  test('the template has nothing else', () => {
    for (const [door, stack] of stacks) { expect([door, withoutSubjects(stack)]).toEqual([door, onlyDeclarations(carrier)]); }
  });
}

/** The same for all forms at once, through one entry point. */
export function expectForms(carrier: Carrier, way: Way, allForms: readonly Form[], door: NamedDoor): void {
  const forms = formsFor(allForms, carrier, way);
  const [[, stack]] = throughDoors(way, carrier, forms, [door]);
  const byName = (of: (form: Form, index: number) => unknown) => Object.fromEntries(forms.map((form, index) => [form.name, of(form, index)]));
  expect(byName((_, index) => found(stack, index))).toEqual(byName(form => wanted(form, carrier)));
  expect(withoutSubjects(stack)).toEqual(onlyDeclarations(carrier));
}

/** The expected result of a form, and its reports. */
function wanted(form: Form, carrier: Carrier) {
  return { resource: put({ Type: carrier.type }, 'Properties', form.becomes(carrier)), reported: reportsOf(form, carrier) };
}

function found({ template, reports }: Synthesized, index: number) {
  const id = subjectId(index);
  return { resource: template.Resources[id], reported: reportedIds(reports.filter(({ at }) => at.endsWith(`/${id}`))) };
}

/** One stack for each entry point, with a resource for each form. */
function throughDoors(way: Way, carrier: Carrier, forms: readonly Form[], doors: readonly NamedDoor[]): (readonly [string, Synthesized])[] {
  const app = scratchApp();
  const stacks = doors.map(([name, door], index) => {
    const stack = scratchStack(app, `Stack${index}`);
    write(stack, way, carrier, forms);
    door(stack);
    return [name, stack] as const;
  });
  const assembly = app.synth();
  return stacks.map(([name, stack]) => [name, read(assembly, stack)]);
}

function onlyDeclarations(carrier: Carrier): Json {
  return { ...declarations(carrier), Resources: { Bystander: BYSTANDER } };
}

function withoutSubjects({ template: { Resources, ...sections } }: Synthesized): Json {
  return { ...sections, Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => !id.startsWith('Subject'))) };
}
