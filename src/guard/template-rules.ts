import type { Severity } from '../policy/rule';
import type { RuleId } from '../policy/rules';
import { RULES } from '../policy/rules';
import { resourceTypeOf } from '../resources/resource-types';
import type { CarrierRow, LaunchReference, MuteRow, Row } from '../resources/rows';
import { hopLimits } from './accepted-values';
import type { GuardRule } from './guard-rule';
import { mayLeaveTo } from './left-to-template';
import { speaks } from './mute-helpers';
import { ruleName, snakeCase } from './names';
import { walk } from './path-helpers';
import type { Question } from './path-helpers';
import type { Asked } from './questions';
import { otherSettings, tokensQuestion, valuesQuestion } from './questions';

/** The rules for templates: one for each type and each rule in the table that needs no look at other resources. */
export function templateRules(rows: readonly Row[], severities: readonly Severity[], maxHopLimit: number): readonly GuardRule[] {
  const rules = rows.flatMap(row => {
    switch (row.kind) {
      case 'carrier': return [tokensRule(row), ...valuesRules(row), ...hopLimitRules(row, maxHopLimit)];
      case 'mute': return [muteRule(row)];
      case 'referrer': return [];
    }
  });
  return rules.filter(({ id }) => severities.includes(RULES[id].severity));
}

function tokensRule(row: CarrierRow): GuardRule {
  const { tokens } = row.dialect.fields;
  const place = row.dialect.scalar ? row.block : `${tokens.key} in ${row.block}`;
  const words = `${place} must be ${tokens.accepted}, whatever conditions and parameters turn out to be`;
  const rule = (also: string) => carrierRule(row, 'tokens_required', 'Imdsv2::TokensRequired', `${words}${also}`, tokensQuestion(row));
  const reference = launchTemplateOf(row);
  if (!reference || row.inherits) { return rule(row.inherits ? ', where it is set' : ''); }
  const ifSet = walk(row.path, tokensQuestion({ ...row, inherits: true }));
  return mayLeaveTo(reference, ifSet, rule(', where no launch template answers for it'));
}

/** Where a carrier names the launch template that answers for what it leaves unset. */
function launchTemplateOf({ type }: CarrierRow): LaunchReference | undefined {
  return resourceTypeOf(type)!.referrers.flatMap(({ references }) => references).find(({ keys }) => keys);
}

function valuesRules(row: CarrierRow): GuardRule[] {
  const settings = otherSettings(row.dialect);
  if (settings.length === 0) { return []; }
  const words = settings.map(({ field }) => `${field.key} must be ${field.accepted}`).join(', ');
  return [carrierRule(row, 'values_accepted', 'Imdsv2::ValueNotAccepted', `${words}, in ${row.block}`, valuesQuestion(row, ['values', ...settings.map(({ name }) => snakeCase(name))].join('_'), settings))];
}

function hopLimitRules(row: CarrierRow, max: number): GuardRule[] {
  const field = row.dialect.fields.hopLimit;
  if (!field) { return []; }
  const asked: Asked[] = [{ field, accepted: hopLimits(max) }];
  const words = `${field.key} in ${row.block} must be at most ${max}`;
  return [carrierRule(row, 'hop_limit_at_most', 'Imdsv2::HopLimitTooHigh', words, valuesQuestion(row, 'hops', asked))];
}

function carrierRule(row: CarrierRow, subject: string, id: RuleId, words: string, question: Question): GuardRule {
  const { call, helpers } = walk(row.path, question);
  return { name: ruleName(subject, row.type), type: row.type, id, words, clauses: call('Properties'), helpers };
}

function muteRule(row: MuteRow): GuardRule {
  const { clauses, helpers } = speaks(row);
  return {
    name: ruleName('can_be_set', row.type),
    type: row.type,
    id: 'Imdsv2::CannotBeSet',
    words: `${row.type} launches instances and cannot require IMDSv2 here`,
    fix: `see to what governs them: ${row.fallback}`,
    clauses,
    helpers,
  };
}
