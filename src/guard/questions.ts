import type { SettingName } from '../model/settings';
import type { Dialect } from '../resources/dialects';
import type { Field } from '../resources/fields';
import { JsonDocument } from '../resources/json-document';
import { RENDERED } from '../resources/layer';
import { OptionSettings } from '../resources/option-settings';
import type { Carrier } from '../resources/record';
import { acceptedValues, literal } from './accepted-values';
import type { Accepted } from './accepted-values';
import { documentQuestion } from './document-helpers';
import { snakeCase } from './names';
import { optionQuestion } from './option-helpers';
import { anyOf, propertyHelpers } from './path-helpers';
import type { Question } from './path-helpers';

/** A setting to check, with its accepted values. */
export interface CheckedSetting {
  readonly field: Field;
  readonly accepted: Accepted;
  /** The field that has to exist with it, because the service accepts it only together. */
  readonly beside?: Field;
}

/** Whether a carrier requires tokens, or has a disabled endpoint, for all values of conditions and parameters. Unreadable options fail. */
export function tokensQuestion({ dialect, inherits, needsParent }: Carrier): Question {
  const asked = [{ field: dialect.fields.tokens, accepted: acceptedValues('tokens', dialect.fields.tokens) }];
  const isOptional = inherits && !needsParent;
  const name = `tokens${isOptional ? '_if_set' : ''}_${snakeCase(dialect.title)}`;
  const manner = { name, isOptional, isLenient: false };
  const comparison = isOptional ? 'imds_is_always_if_set' : 'imds_is_always';
  const { tokens, endpoint } = dialect.fields;
  if (!endpoint) { return questionOf(dialect, manner, asked, comparison); }
  return fieldsQuestion(manner, [tokens.key, endpoint.key], () => anyOf(
    `${comparison}(%value.${tokens.key}, ${asked[0].accepted.list})`,
    `imds_is_always(%value.${endpoint.key}, [${literal(endpoint.spell(false))}])`,
  ));
}

/** Whether all settings of a carrier are accepted. The rule for tokens reports unreadable options. */
export function valuesQuestion({ dialect }: Carrier, about: string, asked: readonly CheckedSetting[]): Question {
  const name = `${about}_${snakeCase(dialect.title)}`;
  return questionOf(dialect, { name, isOptional: true, isLenient: true }, asked, 'imds_may_be');
}

/** The settings of a dialect except tokens, with their accepted values. */
export function otherSettings({ fields }: Dialect): readonly (CheckedSetting & { readonly name: SettingName })[] {
  return (Object.entries(fields) as [SettingName, Field][])
    .filter(([name]) => name !== 'tokens')
    .map(([name, field]) => ({
      name, field, accepted: acceptedValues(name, field), beside: field.mandatory === undefined ? undefined : fields.tokens,
    }));
}

type Manner = Pick<Question, 'name' | 'isOptional' | 'isLenient'>;

function questionOf(dialect: Dialect, manner: Manner, asked: readonly CheckedSetting[], comparison: string): Question {
  const compare = (value: string, { list }: Accepted) => `${comparison}(${value}, ${list})`;
  if (dialect.scalar) { return { ...manner, helpers: [], clauses: value => asked.map(({ accepted }) => compare(value, accepted)) }; }
  if (dialect instanceof OptionSettings) { return optionQuestion(manner, exampleOf(dialect), asked[0]); }
  const block = keyedQuestion(manner, asked, compare);
  return dialect instanceof JsonDocument ? documentQuestion(block, exampleOf(dialect), asked) : block;
}

/** Checks fields of one object. */
function keyedQuestion(manner: Manner, asked: readonly CheckedSetting[], compare: (value: string, accepted: Accepted) => string): Question {
  return fieldsQuestion(manner, asked.map(({ field }) => field.key), () => asked.flatMap(({ field, accepted, beside }) => [
    compare(`%value.${field.key}`, accepted),
    ...beside ? [`%value.${beside.key} !exists or imds_is_no_value(%value.${beside.key}) or imds_is_said(%value.${field.key})`] : [],
  ]));
}

/** Checks fields of an object with the given clauses. */
function fieldsQuestion(manner: Manner, keys: readonly string[], call: () => readonly string[]): Question {
  const name = `imds_${manner.name}`;
  const helpers = propertyHelpers(name, keys.join(', '), { call }, manner);
  return { ...manner, helpers, clauses: value => [`${name}(${value})`] };
}

/** The options that a dialect writes to require tokens if there are none, as an example of its form. */
function exampleOf(dialect: Dialect): unknown {
  return dialect.require(undefined, { tokens: 'required' }, RENDERED, () => undefined);
}
