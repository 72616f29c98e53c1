import type { LaunchReference } from '../resources/rows';
import { helper } from './helper';
import type { Walk } from './path-helpers';
import { anyOf } from './path-helpers';
import type { GuardRule } from './rule';

/**
 * The rule, which also holds where a launch template answers for what is left unset: that one has a rule of its own.
 *
 * It has to name the template for certain. Where a condition decides whether it does, nobody may answer.
 */
export function mayLeaveTo({ path, keys }: LaunchReference, ifSet: Walk, rule: GuardRule): GuardRule {
  const names = [keys!.id, ...keys!.name === undefined ? [] : [keys!.name]];
  return {
    ...rule,
    clauses: anyOf(...rule.clauses, 'imds_is_left_to_template(Properties)'),
    helpers: [
      ...rule.helpers,
      ...ifSet.helpers,
      helper('imds_is_left_to_template', 'A launch template answers for what is left unset.',
        `imds_names_template(%value.${path})`,
        ...ifSet.call('%value')),
      helper('imds_names_template', 'A launch template, by its id or its name.',
        'imds_is_object(%value)',
        ...anyOf(...names.map(name => `imds_is_there(%value.${name})`))),
    ],
  };
}
