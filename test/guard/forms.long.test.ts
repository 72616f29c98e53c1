import { GuardRules, GuardSeverity } from '../../src/guard/guard-rules';
import { ALL_FORMS } from '../harness/all-forms';
import { CARRIERS } from '../harness/carriers';
import { declarations, formsFor } from '../harness/form';
import { scratchStack } from '../harness/scratch-app';
import { synthesize } from '../harness/synthesized';
import { subjectId, write } from '../harness/ways';
import { failuresOn } from './cfn-guard';
import { expectedToFail } from './expected';

const RULES = GuardRules.render({ severity: GuardSeverity.ALL });

test.each(CARRIERS)('$type: cfn-guard fails for exactly our findings, in every form', carrier => {
  const forms = formsFor(ALL_FORMS, carrier, 'generic CfnResource');
  const stack = scratchStack();
  write(stack, 'generic CfnResource', carrier, forms);
  const { Resources } = synthesize(stack).template;
  const documents = Object.fromEntries(forms.map((form, index) => [
    form.name, { ...declarations(carrier), Resources: { Subject: Resources[subjectId(index)] } },
  ]));
  const expected = Object.entries(documents).map(([name, document]) => [name, expectedToFail(document)]);
  expect(failuresOn(RULES, documents)).toEqual(Object.fromEntries(expected));
});
