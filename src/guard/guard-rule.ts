import type { RuleId } from '../policy/rules';
import { RULES } from '../policy/rules';
import type { Helper } from './helper';
import { indented } from './helper';

/** A public rule: a requirement for every resource of a type. */
export interface GuardRule {
  readonly name: string;
  readonly type: string;
  readonly id: RuleId;
  /** The requirement, in words. */
  readonly words: string;
  /** The solution for a violation, instead of the one in the table of rules. */
  readonly fix?: string;
  readonly clauses: readonly string[];
  readonly helpers: readonly Helper[];
}

/** The message for a violation. */
export function messageOf({ id, words, fix }: Pick<GuardRule, 'id' | 'words' | 'fix'>): readonly string[] {
  return ['<<', `  [${id}] ${words}`, `  Fix: ${fix ?? RULES[id].fix}`, `  See: ${RULES[id].see}`, '>>'];
}

/** The line that stores the operation of a hook. */
export const OPERATION_VARIABLE = 'let imds_operation = HookContext.InvocationPoint';

/** The rules skip deletions: the resource exists, but its properties are empty. */
const NO_DELETION = "%imds_operation !exists or %imds_operation != 'DELETE_PRE_PROVISION'";

/** The text of a rule. The rule is skipped if a template has no resource of the type, and if a resource is deleted. */
export function printRule(rule: GuardRule): string {
  const resources = `Resources[ Type == '${rule.type}' ]`;
  return [
    `# ${rule.id}: ${rule.type}`,
    `rule ${rule.name} when ${resources} exists`,
    `  ${NO_DELETION}`,
    '{',
    indented([`${resources} {`, indented([...rule.clauses, ...messageOf(rule)]), '}']),
    '}',
  ].join('\n');
}
