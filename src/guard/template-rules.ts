import type { Severity } from '../policy/rule';
import type { RuleId } from '../policy/rules';
import { RULES } from '../policy/rules';
import type { Carrier, Gap, LaunchesFrom, PropertyValues, ResourceRecord } from '../resources/record';
import { hopLimits, literal } from './accepted-values';
import { clausesWithoutGap } from './gap-helpers';
import type { GuardRule } from './guard-rule';
import { helper } from './helper';
import { mayLeaveTo } from './left-to-template';
import { ruleName, snakeCase } from './names';
import { anyOf, branches, walk } from './path-helpers';
import type { ValueCheck } from './path-helpers';
import type { CheckedSetting } from './value-checks';
import { otherSettings, tokensCheck, valuesCheck } from './value-checks';

/** The rules for templates: one for each type, and for each rule of the table that needs only one resource. */
export function templateRules(records: readonly ResourceRecord[], severities: readonly Severity[], maxHopLimit: number): readonly GuardRule[] {
  const rules = records.flatMap(({ carriers, launchesFrom, gaps }) => [
    ...carriers.flatMap(carrier => [tokensRule(carrier, launchesFrom), ...valuesRules(carrier), ...hopLimitRules(carrier, maxHopLimit)]),
    ...gaps.map(gapRule),
  ]);
  return rules.filter(({ id }) => severities.includes(RULES[id].severity));
}

function tokensRule(carrier: Carrier, launchesFrom: LaunchesFrom | undefined): GuardRule {
  const { tokens } = carrier.dialect.fields;
  const place = carrier.dialect.scalar ? carrier.block : `${tokens.key} in ${carrier.block}`;
  const words = `${place} must be ${tokens.accepted}, for all values of conditions and parameters`;
  const rule = (also: string) => carrierRule(carrier, 'tokens_required', 'Imdsv2::TokensRequired', `${words}${also}`, tokensCheck(carrier));
  const [template] = launchesFrom?.references ?? [];
  if (!template || carrier.inherits) { return rule(carrier.inherits ? ', where it is set' : ''); }
  const ifSet = walk(carrier.path, tokensCheck({ ...carrier, inherits: true }));
  return mayLeaveTo(template, ifSet, rule(', unless its launch template sets them'));
}

function valuesRules(carrier: Carrier): GuardRule[] {
  const settings = otherSettings(carrier.dialect);
  if (settings.length === 0) { return []; }
  const words = settings.map(({ field }) => `${field.key} must be ${field.accepted}`).join(', ');
  return [carrierRule(carrier, 'values_accepted', 'Imdsv2::ValueNotAccepted', `${words}, in ${carrier.block}`, valuesCheck(carrier, ['values', ...settings.map(({ name }) => snakeCase(name))].join('_'), settings))];
}

function hopLimitRules(carrier: Carrier, max: number): GuardRule[] {
  const field = carrier.dialect.fields.hopLimit;
  if (!field) { return []; }
  const limit: CheckedSetting = { field, accepted: hopLimits(max) };
  const words = `${field.key} in ${carrier.block} must be at most ${max}`;
  return [carrierRule(carrier, 'hop_limit_at_most', 'Imdsv2::HopLimitTooHigh', words, valuesCheck(carrier, 'hops', [limit]))];
}

function carrierRule(carrier: Carrier, subject: string, id: RuleId, words: string, check: ValueCheck): GuardRule {
  const { call, helpers } = walk(carrier.path, check);
  const rule = { name: ruleName(subject, carrier.type), type: carrier.type, id, words, clauses: call('Properties'), helpers };
  return carrier.countsWith === undefined ? rule : whereItCounts(carrier.countsWith, rule);
}

/** A rule that also passes if the service ignores the options. */
function whereItCounts({ path, values }: PropertyValues, rule: GuardRule): GuardRule {
  const name = `imds_counts_not_${snakeCase(rule.type)}`;
  const isOther = values.map(value => `%value.${path} != ${literal(value)}`).join(' and ');
  return {
    ...rule,
    clauses: anyOf(...rule.clauses, `${name}(Properties)`),
    helpers: [
      ...rule.helpers,
      helper(name, 'Options that the service ignores.', ...anyOf('%value !is_struct', `${name}_object(%value)`, `${name}_branches(%value)`)),
      helper(`${name}_object`, 'The same for an object.',
        'imds_is_object(%value)', `%value.${path} !exists or %value.${path} is_string`, `%value.${path} !exists or ${isOther}`),
      branches(name),
    ],
  };
}

function gapRule(gap: Gap): GuardRule {
  const { clauses, helpers } = clausesWithoutGap(gap);
  return {
    name: ruleName('can_be_set', gap.type),
    type: gap.type,
    id: gap.remedy === undefined ? 'Imdsv2::CannotBeSet' : 'Imdsv2::LaunchSourceMissing',
    words: `${gap.type} launches instances, and does not require IMDSv2 on them here`,
    fix: `${gap.remedy ? `${gap.remedy}, or ` : ''}require IMDSv2 in the setting that applies: ${gap.governedBy}`,
    clauses,
    helpers,
  };
}
