import { Fn } from 'aws-cdk-lib';
import type { Carrier } from './carriers';
import { whereSilent, whereUnset } from './carriers';
import type { Form } from './form';
import type { Json } from './json';

const NO_VALUE = { Ref: 'AWS::NoValue' };
/** The result for a condition between values: one value, unless an unset value must stay unset. */
export const decided = (c: Carrier, branches: unknown) => c.inherits ? branches : c.words.required;
const isBranchwise = (c: Carrier) => c.words.leaf !== undefined;

/** A raw condition. */
export function when(condition: string, whenTrue: unknown, whenFalse: unknown): Json {
  return { 'Fn::If': [condition, whenTrue, whenFalse] };
}

/** Forms of input with `Fn::If` around or below the block. */
export const CONDITION_FORMS: readonly Form[] = [
  {
    name: 'Fn::If between two blocks',
    given: c => c.around(when('IsProduction', c.words.say(c.words.weak), c.words.say())),
    becomes: c => c.around(when('IsProduction', c.words.say(c.words.required), whereSilent(c))),
    suits: isBranchwise,
  },
  {
    name: 'Fn::If between a block and AWS::NoValue',
    given: c => c.around(when('IsProduction', c.words.say(c.words.weak), NO_VALUE)),
    becomes: c => c.around(when('IsProduction', c.words.say(c.words.required), whereUnset(c) ?? NO_VALUE)),
    suits: isBranchwise,
  },
  {
    name: 'Fn::If between AWS::NoValue and a block that is already required',
    given: c => c.around(when('IsProduction', NO_VALUE, c.words.say(c.words.required))),
    becomes: c => c.around(when('IsProduction', whereUnset(c) ?? NO_VALUE, c.words.say(c.words.required))),
    changes: c => !c.inherits,
    suits: isBranchwise,
  },
  {
    name: 'Fn::If within Fn::If',
    given: c => c.around(when('IsProduction', when('IsLarge', c.words.say(c.words.weak), NO_VALUE), c.words.only(c.words.weak))),
    becomes: c => c.around(when('IsProduction',
      when('IsLarge', c.words.say(c.words.required), whereUnset(c) ?? NO_VALUE), c.words.only(c.words.required))),
    suits: isBranchwise,
  },
  {
    name: 'Fn.conditionIf between two blocks',
    given: c => c.around(Fn.conditionIf('IsProduction', c.words.say(c.words.weak), c.words.say())),
    becomes: c => c.around(when('IsProduction', c.words.say(c.words.required), whereSilent(c))),
    ways: ['typed L1', 'generic CfnResource'],
    suits: isBranchwise,
  },
  {
    name: 'Fn.conditionIf within Fn.conditionIf',
    given: c => c.around(Fn.conditionIf('IsProduction', Fn.conditionIf('IsLarge', c.words.only(c.words.weak), NO_VALUE), c.words.say(c.words.weak))),
    becomes: c => c.around(when('IsProduction',
      when('IsLarge', c.words.only(c.words.required), whereUnset(c) ?? NO_VALUE), c.words.say(c.words.required))),
    ways: ['typed L1', 'generic CfnResource'],
    suits: isBranchwise,
  },
  {
    name: 'Fn::If between two blocks that are already required',
    given: c => c.around(when('IsProduction', c.words.say(c.words.required), c.words.only(c.words.required))),
    becomes: c => c.around(when('IsProduction', c.words.say(c.words.required), c.words.only(c.words.required))),
    changes: () => false,
    suits: isBranchwise,
  },
  {
    name: 'Fn::If with a branch that nobody can read',
    given: c => c.around(when('IsProduction', c.words.say(c.words.weak), { Ref: 'AnyValue' })),
    becomes: c => c.around(when('IsProduction', c.words.say(c.words.required), { Ref: 'AnyValue' })),
    reports: ['Imdsv2::OptionsUnreadable'],
    suits: isBranchwise,
  },
  {
    name: 'Fn::If around the property that holds the block',
    given: c => {
      const { [c.ancestor!]: weak, ...others } = c.around(c.words.say(c.words.weak));
      return { ...others, [c.ancestor!]: when('IsProduction', weak, c.around()[c.ancestor!]) };
    },
    becomes: c => {
      const { [c.ancestor!]: required, ...others } = c.around(c.words.say(c.words.required));
      return { ...others, [c.ancestor!]: when('IsProduction', required, c.around(whereUnset(c))[c.ancestor!]) };
    },
    suits: c => c.ancestor !== undefined,
  },
  {
    name: 'Fn::If between a weak value and the right one',
    given: c => c.around(c.words.say(when('IsProduction', c.words.required, c.words.weak))),
    becomes: c => c.around(c.words.say(decided(c, when('IsProduction', c.words.required, c.words.required)))),
  },
  {
    name: 'Fn.conditionIf between a weak value and the right one, as a string token',
    given: (c, spell) => c.around(spell(c.words.say(Fn.conditionIf('IsProduction', c.words.weak, c.words.required).toString()))),
    becomes: c => c.around(c.words.say(decided(c, when('IsProduction', c.words.required, c.words.required)))),
    ways: ['typed L1', 'generic CfnResource'],
  },
  {
    name: 'Fn::If between the right value and the right value',
    given: c => c.around(c.words.say(when('IsProduction', c.words.required, c.words.required))),
    becomes: c => c.around(c.words.say(when('IsProduction', c.words.required, c.words.required))),
    changes: () => false,
  },
  {
    name: 'Fn::If between the right value and AWS::NoValue',
    given: c => c.around(c.words.say(when('IsProduction', c.words.required, NO_VALUE))),
    becomes: c => c.around(c.words.say(decided(c, when('IsProduction', c.words.required, NO_VALUE)))),
    changes: c => !c.inherits,
  },
  {
    name: 'Fn::If between a weak value and AWS::NoValue',
    given: c => c.around(c.words.say(when('IsProduction', c.words.weak, NO_VALUE))),
    becomes: c => c.around(c.words.say(decided(c, when('IsProduction', c.words.required, NO_VALUE)))),
  },
  {
    name: 'an Fn::If that is none',
    given: c => c.around({ 'Fn::If': ['IsProduction', c.words.say(c.words.weak)] }),
    becomes: c => c.around({ 'Fn::If': ['IsProduction', c.words.say(c.words.weak)] }),
    changes: () => false,
    reports: ['Imdsv2::OptionsUnreadable'],
    suits: isBranchwise,
  },
];
