import { RECORDS } from '../../src/resources/all-records';
import { ALL_FORMS } from '../harness/all-forms';
import { CARRIERS } from '../harness/carriers';
import { NOW_AND_LATER } from '../harness/doors';
import { formsFor } from '../harness/form';
import { testForms } from '../harness/forms-through-doors';
import { pairs } from '../harness/pairs';
import { WAYS } from '../harness/ways';

test('every carrier of the table has a case, and vice versa', () => {
  const rows = RECORDS.flatMap(record => record.carriers).map(({ type, block, inherits, needsParent, update }) =>
    ({ type, block, inherits, needsAncestor: needsParent, isReplaced: update === 'replacement' }));
  const cases = CARRIERS.map(({ type, block, inherits, needsAncestor, isReplaced }) =>
    ({ type, block, inherits, needsAncestor, isReplaced }));
  expect(cases).toEqual(expect.arrayContaining(rows));
  expect(rows).toEqual(expect.arrayContaining(cases));
});

/** The result depends on the type and on the form, but rarely on both together. So all pairs of the three factors are tested. */
const CASES = pairs(
  CARRIERS.flatMap(carrier => WAYS.flatMap(way => formsFor(ALL_FORMS, carrier, way).map(form => ({ carrier, way, form })))),
  ({ carrier, way, form }) => [carrier.type, way, form.name],
);

describe.each(CARRIERS)('$type', carrier => {
  describe.each(WAYS)('by %s', way => {
    const forms = CASES.filter(one => one.carrier === carrier && one.way === way).map(({ form }) => form);
    testForms(carrier, way, forms, NOW_AND_LATER);
  });
});
