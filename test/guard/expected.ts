import { ruleName } from '../../src/guard/names';
import { inspect } from '../../src/inspect/inspect';
import { hopsOf } from '../../src/model/hop-limit';
import type { RuleId } from '../../src/policy/rules';
import { recordOf } from '../../src/resources/record-table';
import type { Json } from '../harness/json';

/** Which rule has to fail for a finding. What cannot be read does not require tokens. */
const RULES: { readonly [id in RuleId]?: string } = {
  'Imdsv2::TokensRequired': 'tokens_required',
  'Imdsv2::OptionsUnreadable': 'tokens_required',
  'Imdsv2::ValueNotAccepted': 'values_accepted',
  'Imdsv2::CannotBeSet': 'can_be_set',
};

/** The highest hop limit by default; what is none at all is no better. */
const MAX_HOP_LIMIT = 2;

/** A template with one resource. */
export function template(type: string, properties: unknown, sections: Json = {}): Json {
  return { ...sections, Resources: { Subject: { Type: type, Properties: properties } } };
}

/** The rules that have to fail for the resource of a template, by what we find in it. */
export function expectedToFail(document: Json): string[] {
  const { Type, Properties } = (document.Resources as { Subject: { Type: string; Properties?: unknown } }).Subject;
  const parameters = document.Parameters as { [name: string]: Json } | undefined;
  const { blocks, findings } = inspect(recordOf(Type)!, Properties, name => {
    const parameter = parameters?.[name];
    return parameter && { allowedValues: parameter.AllowedValues as unknown[], defaultValue: parameter.Default };
  });
  const hops = blocks.flatMap(({ settings }) => settings?.hopLimit ?? []).flatMap(possible => possible.kind === 'set' ? [possible.value] : []);
  const isTooHigh = hops.some(value => (hopsOf(value) ?? Infinity) > MAX_HOP_LIMIT);
  const subjects = [...findings.map(({ id }) => RULES[id]!), ...isTooHigh ? ['hop_limit_at_most'] : []];
  return [...new Set(subjects)].map(subject => ruleName(subject, Type)).sort();
}
