import { decided, when } from './condition-forms';
import type { Form } from './form';

const ref = (Ref: string) => ({ Ref });

/** Forms of input with a parameter, a mapping or another value that only CloudFormation knows. */
export const PARAMETER_FORMS: readonly Form[] = [
  {
    name: 'a parameter that allows the right value only',
    given: c => c.around(c.words.say(ref('OnlyRequired'))),
    becomes: c => c.around(c.words.say(c.words.takesParameters ? ref('OnlyRequired') : c.words.required)),
    changes: c => !c.words.takesParameters,
  },
  {
    name: 'a parameter that allows the right value only, in a branch',
    given: c => c.around(c.words.say(when('IsProduction', ref('OnlyRequired'), c.words.required))),
    becomes: c => c.around(c.words.say(c.words.takesParameters ? when('IsProduction', ref('OnlyRequired'), c.words.required) : c.words.required)),
    changes: c => !c.words.takesParameters,
  },
  ...['MixedValues', 'DefaultOnly', 'AnyValue', 'Undeclared'].map((parameter): Form => ({
    name: `a parameter that may have a weak value (${parameter})`,
    given: c => c.around(c.words.say(ref(parameter))),
    becomes: c => c.around(c.words.say(c.words.required)),
    // CfnInclude rejects a template with a reference to an undeclared parameter.
    ways: parameter === 'Undeclared' ? ['typed L1', 'generic CfnResource'] : undefined,
  })),
  {
    name: 'a parameter that may have a weak value, in a branch',
    given: c => c.around(c.words.say(when('IsProduction', ref('MixedValues'), c.words.required))),
    becomes: c => c.around(c.words.say(decided(c, when('IsProduction', c.words.required, c.words.required)))),
  },
  {
    name: 'a function in the place of the value',
    given: c => c.around(c.words.say({ 'Fn::Select': ['0', { Ref: 'AnyValue' }] })),
    becomes: c => c.around(c.words.say(c.words.required)),
    // CfnInclude reads the function as a string, and rejects it instead of a boolean.
    suits: (c, way) => !(way === 'CfnInclude' && typeof c.words.required === 'boolean'),
  },
  {
    name: 'a parameter in the place of the block',
    given: c => c.around(ref('AnyValue')),
    becomes: c => c.around(ref('AnyValue')),
    changes: () => false,
    reports: ['Imdsv2::OptionsUnreadable'],
    suits: c => c.words.leaf !== undefined,
  },
  {
    name: 'a macro in the place of the block',
    given: c => c.around({ 'Fn::Transform': { Name: 'Options', Parameters: {} } }),
    becomes: c => c.around({ 'Fn::Transform': { Name: 'Options', Parameters: {} } }),
    changes: () => false,
    reports: ['Imdsv2::OptionsUnreadable'],
    suits: c => c.words.leaf !== undefined,
  },
  {
    name: 'a macro amid the settings of the block',
    given: c => c.around({ ...c.words.say(c.words.weak) as object, 'Fn::Transform': { Name: 'Options', Parameters: {} } }),
    becomes: c => c.around({ ...c.words.say(c.words.weak) as object, 'Fn::Transform': { Name: 'Options', Parameters: {} } }),
    changes: () => false,
    reports: ['Imdsv2::OptionsUnreadable'],
    ways: ['generic CfnResource'],
    suits: c => c.words.leaf !== undefined && !Array.isArray(c.words.empty),
  },
];
