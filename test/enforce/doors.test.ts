import { ALL_FORMS } from '../harness/all-forms';
import { CARRIERS } from '../harness/carriers';
import { ONCE, TWICE } from '../harness/doors';
import { testForms } from '../harness/forms-through-doors';

const carrier = CARRIERS.find(({ type }) => type === 'AWS::EC2::LaunchTemplate')!;

describe.each([...ONCE, ...TWICE])('%s', (name, door) => {
  testForms(carrier, 'typed L1', ALL_FORMS, [[name, door]]);
});
