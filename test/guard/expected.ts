import { ruleName } from '../../src/guard/names';
import { hopsOf } from '../../src/model/hop-limit';
import { HopLimits } from '../../src/policy/hop-limits';
import type { RuleId } from '../../src/policy/rules';
import type { Json } from '../harness/json';
import { judgedIn } from '../harness/judged';

/** The rule that must fail for a finding. An unreadable value does not require tokens. */
const RULES: { readonly [id in RuleId]?: string } = {
  'Imdsv2::TokensRequired': 'tokens_required',
  'Imdsv2::OptionsUnreadable': 'tokens_required',
  'Imdsv2::ValueNotAccepted': 'values_accepted',
  'Imdsv2::CannotBeSet': 'can_be_set',
  'Imdsv2::LaunchSourceMissing': 'can_be_set',
};

/** A template with one resource. */
export function template(type: string, properties: unknown, sections: Json = {}): Json {
  return { ...sections, Resources: { Subject: { Type: type, Properties: properties } } };
}

/** The rules that must fail for the resource of a template, according to our findings. */
export function expectedToFail(document: Json): string[] {
  const { Type } = (document.Resources as { Subject: { Type: string } }).Subject;
  const { blocks, findings } = judgedIn(document);
  const hops = blocks.flatMap(({ settings }) => settings?.hopLimit ?? []).flatMap(possible => possible.kind === 'set' ? [possible.value] : []);
  // An invalid hop limit counts like one that is too high.
  const isTooHigh = hops.some(value => (hopsOf(value) ?? Infinity) > HopLimits.DEFAULT_MAX);
  const subjects = [...findings.flatMap(({ rule }) => RULES[rule] ?? []), ...isTooHigh ? ['hop_limit_at_most'] : []];
  return [...new Set(subjects)].map(subject => ruleName(subject, Type)).sort();
}
