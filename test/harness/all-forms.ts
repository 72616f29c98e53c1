import { CONDITION_FORMS } from './condition-forms';
import { LITERAL_FORMS, MISSPELLED_FORMS, WRONG_ANCESTOR_FORMS, WRONG_KIND_FORMS } from './literal-forms';
import { DELETION_FORMS, OVERRIDE_FORMS } from './override-forms';
import { PARAMETER_FORMS } from './parameter-forms';
import { TOKEN_FORMS } from './token-forms';

/** All forms of input that are the same for all types. */
export const ALL_FORMS = [
  ...LITERAL_FORMS, ...MISSPELLED_FORMS, ...WRONG_KIND_FORMS, ...WRONG_ANCESTOR_FORMS, ...TOKEN_FORMS,
  ...CONDITION_FORMS, ...PARAMETER_FORMS, ...OVERRIDE_FORMS, ...DELETION_FORMS,
];
