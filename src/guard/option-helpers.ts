import { literal } from './accepted-values';
import { comparison, helper } from './helper';
import { anyOf, branches } from './path-helpers';
import type { ValueCheck } from './path-helpers';
import type { CheckedSetting } from './value-checks';

/** Checks that a list of options contains an option under every condition, and never with another value. */
export function optionCheck(options: Pick<ValueCheck, 'name' | 'isOptional' | 'isLenient'>, example: unknown, { accepted }: CheckedSetting): ValueCheck {
  const [{ Namespace, OptionName }] = example as readonly { readonly Namespace: string; readonly OptionName: string }[];
  const [namespace, option] = [`[${literal(Namespace)}]`, `[${literal(OptionName)}]`];
  const name = `imds_${options.name}`;
  return {
    ...options,
    helpers: [
      helper(name, `The option ${OptionName} in a list of options.`, ...anyOf(
        `${name}_list(%value)`, `${name}_branches(%value)`, ...options.isOptional ? ['imds_is_left_out(%value)', 'imds_is_empty_list(%value)'] : [])),
      helper(`${name}_list`, 'The same in the list itself.',
        '%value is_list', '%value {', `  this[*] { ${name}_element(this) }`, ...options.isOptional ? [] : [`  some this[*] { ${name}_certain(this) }`], '}'),
      branches(name),
      helper(`${name}_element`, 'An element that is the option with the right value, or another option, or left out.', ...anyOf(
        'imds_is_left_out(%value)', `${name}_other(%value)`, `${name}_right(%value)`, `${name}_element_branches(%value)`)),
      branches(`${name}_element`),
      helper(`${name}_certain`, 'An element that is the option in each branch of a condition.', ...anyOf(`${name}_option(%value)`, `${name}_certain_branches(%value)`)),
      branches(`${name}_certain`),
      helper(`${name}_option`, 'The option.',
        'imds_is_object(%value)', `imds_is_word(%value.Namespace, ${namespace})`, `imds_is_word(%value.OptionName, ${option})`),
      helper(`${name}_right`, 'The option with the right value.', `${name}_option(%value)`, `imds_is_always(%value.Value, ${accepted.list})`),
      helper(`${name}_other`, 'Certainly another option.',
        '%value !is_struct or imds_is_object(%value)',
        `imds_is_no_word(%value.Namespace, ${namespace}) or imds_is_no_word(%value.OptionName, ${option})`),
    ],
    clauses: value => [`${name}(${value})`],
  };
}

/** The checks of a literal word. A parameter is not accepted. */
export const WORD_HELPERS = [
  comparison('imds_is_word', 'An accepted word, in each branch.',
    'imds_is_one_of(%value, %accepted) or imds_is_text_of(%value, %accepted) or imds_branches_are_word(%value, %accepted)'),
  comparison('imds_branches_are_word', 'The same for both branches.',
    'imds_is_condition(%value)',
    "%value[ 'Fn::If'[2] exists ] {",
    "  imds_is_word(this.'Fn::If'[1], %accepted)",
    "  imds_is_word(this.'Fn::If'[2], %accepted)",
    '}'),
  comparison('imds_is_no_word', 'No value, or certainly another word, in each branch.',
    '%value !exists or',
    'imds_is_no_value(%value) or',
    'imds_is_other_literal(%value, %accepted) or',
    'imds_is_other_text(%value, %accepted) or',
    'imds_branches_are_no_word(%value, %accepted)'),
  comparison('imds_branches_are_no_word', 'The same for both branches.',
    'imds_is_condition(%value)',
    "%value[ 'Fn::If'[2] exists ] {",
    "  imds_is_no_word(this.'Fn::If'[1], %accepted)",
    "  imds_is_no_word(this.'Fn::If'[2], %accepted)",
    '}'),
  comparison('imds_is_other_literal', 'Another value, as a literal.',
    '%value is_list or %value !is_struct or imds_is_object(%value)',
    '%value is_list or %value is_struct or %value not IN %accepted'),
  comparison('imds_is_other_text', 'Another value in an Fn::Sub without variables.',
    "%value[ keys != 'Fn::Sub' ] !exists",
    "%value.'Fn::Sub' is_string",
    "%value.'Fn::Sub' != /\\$\\{/",
    "%value.'Fn::Sub' not IN %accepted"),
];
