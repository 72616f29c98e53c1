import { ALL_FORMS } from '../harness/all-forms';
import { CARRIERS } from '../harness/carriers';
import { ONCE, TWICE } from '../harness/doors';
import { expectForms } from '../harness/forms-through-doors';

const carrier = CARRIERS.find(({ type }) => type === 'AWS::EC2::LaunchTemplate')!;

test.each([...ONCE, ...TWICE])('%s: every form gets the right value', (name, door) => {
  expectForms(carrier, 'typed L1', ALL_FORMS, [name, door]);
});
