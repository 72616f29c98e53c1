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

/** Declares one test for each form: the exact resource, what is reported of it, and that nothing else is in the template, through every door. */
export function testForms(carrier: Carrier, way: Way, allForms: readonly Form[], doors: readonly NamedDoor[]): void {
  const forms = formsFor(allForms, carrier, way);
  let stacks: readonly (readonly [string, Synthesized])[];

  beforeAll(() => {
    stacks = throughDoors(way, carrier, forms, doors);
  });

  test.each(forms.map((form, index) => [form.name, form, index] as const))('%s', (_, form, index) => {
    const id = subjectId(index);
    const resource = put({ Type: carrier.type }, 'Properties', form.becomes(carrier));
    const reported = reportsOf(form, carrier);
    expect(stacks.map(([door, { template, reports }]) => ({
      door,
      resource: template.Resources[id],
      reported: reportedIds(reports.filter(({ at }) => at.endsWith(`/${id}`))),
    }))).toEqual(stacks.map(([door]) => ({ door, resource, reported })));
  });

  test('nothing else is in the template', () => {
    for (const [door, { template }] of stacks) {
      expect([door, withoutSubjects(template)]).toEqual([door, { ...declarations(carrier), Resources: { Bystander: BYSTANDER } }]);
    }
  });
}

/** One stack for each door, with a resource for each form. */
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

function withoutSubjects({ Resources, ...sections }: Synthesized['template']): Json {
  return { ...sections, Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => !id.startsWith('Subject'))) };
}
