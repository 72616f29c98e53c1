import { whereSilent, whereUnset } from './carriers';
import type { Form } from './form';

const NO_VALUE = { Ref: 'AWS::NoValue' };

/** Forms of input that are plain JSON. */
export const LITERAL_FORMS: readonly Form[] = [
  {
    name: 'nothing set',
    given: c => c.around(),
    becomes: c => c.around(whereUnset(c)),
    changes: c => !c.inherits,
  },
  {
    name: 'a weak value, amid other settings',
    given: c => c.around(c.words.say(c.words.weak)),
    becomes: c => c.around(c.words.say(c.words.required)),
  },
  {
    name: 'a weak value alone',
    given: c => c.around(c.words.only(c.words.weak)),
    becomes: c => c.around(c.words.only(c.words.required)),
  },
  {
    name: 'already required',
    given: c => c.around(c.words.say(c.words.required)),
    becomes: c => c.around(c.words.say(c.words.required)),
    changes: () => false,
  },
  {
    name: 'other settings only',
    given: c => c.around(c.words.say()),
    becomes: c => c.around(whereSilent(c)),
    changes: c => !c.inherits,
  },
  {
    name: 'an empty block',
    given: c => c.around(c.words.empty),
    becomes: c => c.around(c.inherits ? c.words.empty : whereUnset(c)),
    changes: c => !c.inherits,
  },
  {
    name: 'null in the place of the block',
    given: c => c.around(null),
    becomes: c => c.around(whereUnset(c)),
    suits: c => !c.inherits,
  },
  {
    name: 'null in the place of the value',
    given: c => c.around(c.words.say(null)),
    becomes: c => c.around(whereSilent(c)),
    suits: c => !c.inherits,
  },
  {
    name: 'AWS::NoValue in the place of the block',
    given: c => c.around(NO_VALUE),
    becomes: c => c.around(c.inherits ? NO_VALUE : whereUnset(c)),
    changes: c => !c.inherits,
  },
  {
    name: 'AWS::NoValue in the place of the value',
    given: c => c.around(c.words.say(NO_VALUE)),
    becomes: c => c.around(c.inherits ? c.words.say(NO_VALUE) : c.words.say(c.words.required)),
    changes: c => !c.inherits,
  },
];

/** A misspelled value is invalid: one form for each spelling in the cases of a dialect. */
export const MISSPELLED_FORMS: readonly Form[] = [0, 1, 2, 3, 4, 5].map(index => ({
  name: `a misspelled value (${index})`,
  given: c => c.around(c.words.say(c.words.misspelled[index])),
  becomes: c => c.around(c.words.say(c.words.required)),
  // CfnInclude rejects an invalid boolean.
  suits: (c, way) => index < c.words.misspelled.length && !(way === 'CfnInclude' && typeof c.words.required === 'boolean'),
}));

/** Another value instead of the block. CDK rejects it in typed L1s, so it is only possible in a generic resource or an override. */
export const WRONG_KIND_FORMS: readonly Form[] = [0, 1, 2, 3, 4, 5].flatMap((index): Form[] => [
  {
    name: `another thing in the place of the block (${index})`,
    given: c => c.around(c.words.wrongKinds[index]),
    becomes: c => c.around(c.words.wrongKinds[index]),
    changes: () => false,
    reports: ['Imdsv2::OptionsUnreadable'],
    ways: ['generic CfnResource'],
    suits: c => index < c.words.wrongKinds.length,
  },
  {
    name: `another thing in the place of the block, by override (${index})`,
    given: c => c.around(c.words.say(c.words.required)),
    then: (resource, c) => resource.addPropertyOverride(c.place, c.words.wrongKinds[index]),
    becomes: c => c.around(c.words.wrongKinds[index]),
    changes: () => false,
    reports: ['Imdsv2::OptionsUnreadable'],
    // An override with an object is merged into the list that it should replace.
    suits: c => index < c.words.wrongKinds.length && !isObject(c.words.wrongKinds[index]),
  },
]);

/** Another value instead of the parent of the block. */
export const WRONG_ANCESTOR_FORMS: readonly Form[] = ['text', ['text'], 7, true].map((thing): Form => ({
  name: `another thing in the place of what holds the block (${JSON.stringify(thing)})`,
  given: c => ({ ...c.around(), [c.ancestor!]: thing }),
  becomes: c => ({ ...c.around(), [c.ancestor!]: thing }),
  changes: () => false,
  reports: ['Imdsv2::OptionsUnreadable'],
  ways: ['generic CfnResource'],
  suits: c => c.ancestor !== undefined,
}));

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
