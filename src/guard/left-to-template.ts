import type { LaunchReference } from '../resources/record';
import type { GuardRule } from './guard-rule';
import { helper } from './helper';
import { snakeCase } from './names';
import type { Walk } from './path-helpers';
import { anyOf, branches } from './path-helpers';

/**
 * The rule, which also passes if options are unset and a launch template decides them, because the template has its own rule.
 *
 * The resource must name the template in each branch of a condition. If it names none in one branch, the rule fails.
 */
export function mayLeaveTo({ path, keys, target }: LaunchReference, ifSet: Walk, rule: GuardRule): GuardRule {
  const names = keys ? [keys.id, ...keys.name === undefined ? [] : [keys.name]] : [];
  const leaves = `imds_is_left_to_${snakeCase(target)}`;
  return {
    ...rule,
    clauses: anyOf(...rule.clauses, `${leaves}(Properties)`),
    helpers: [
      ...rule.helpers,
      ...ifSet.helpers,
      helper(leaves, 'Unset options, if a launch template decides them.',
        keys ? `imds_names_template(%value.${path})` : `imds_is_named(%value.${path})`,
        ...ifSet.call('%value')),
      ...keys ? [helper('imds_names_template', 'A launch template by its id or name, in each branch of a condition.',
        ...anyOf('imds_names_template_object(%value)', 'imds_names_template_branches(%value)')),
      helper('imds_names_template_object', 'The same for an object.',
        'imds_is_object(%value)',
        ...anyOf(...names.map(name => `imds_is_named(%value.${name})`))),
      branches('imds_names_template')] : [],
      helper('imds_is_named', 'An id or a name, in each branch of a condition.',
        ...anyOf('imds_is_there(%value)', 'imds_is_named_branches(%value)')),
      branches('imds_is_named'),
    ],
  };
}
