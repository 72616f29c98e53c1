import { RECORDS } from '../../src/resources/records';
import { ALL_FORMS } from '../harness/all-forms';
import { CARRIERS } from '../harness/carriers';
import { NOW_AND_LATER } from '../harness/doors';
import { testForms } from '../harness/forms-through-doors';
import { WAYS } from '../harness/ways';

test('every carrier of the table has a case, and every case a carrier', () => {
  const rows = RECORDS.flatMap(record => record.carriers).map(({ type, block, inherits, needsParent, update }) =>
    ({ type, block, inherits, needsAncestor: needsParent, isReplaced: update === 'replacement' }));
  const cases = CARRIERS.map(({ type, block, inherits, needsAncestor, isReplaced }) =>
    ({ type, block, inherits, needsAncestor, isReplaced }));
  expect(cases).toEqual(expect.arrayContaining(rows));
  expect(rows).toEqual(expect.arrayContaining(cases));
});

describe.each(CARRIERS)('$type', carrier => {
  describe.each(WAYS)('by %s', way => testForms(carrier, way, ALL_FORMS, NOW_AND_LATER));
});
