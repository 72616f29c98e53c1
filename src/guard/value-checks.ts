import type { SettingName } from '../model/settings';
import type { Dialect } from '../resources/dialects';
import type { Field } from '../resources/fields';
import { JsonDocument } from '../resources/json-document';
import { RENDERED } from '../resources/layer';
import { OptionSettings } from '../resources/option-settings';
import type { Carrier } from '../resources/record';
import { acceptedValues, literal } from './accepted-values';
import type { Accepted } from './accepted-values';
import { documentCheck } from './document-helpers';
import { snakeCase } from './names';
import { optionCheck } from './option-helpers';
import { anyOf, propertyHelpers } from './path-helpers';
import type { ValueCheck } from './path-helpers';

/** A setting to check, with its accepted values. */
export interface CheckedSetting {
  readonly field: Field;
  readonly accepted: Accepted;
  /** The field that the service accepts only together with this one. */
  readonly beside?: Field;
}

/** The check that a carrier requires tokens, or disables the endpoint, for all values of conditions and parameters. Unreadable options fail. */
export function tokensCheck({ dialect, inherits, needsParent }: Carrier): ValueCheck {
  const settings = [{ field: dialect.fields.tokens, accepted: acceptedValues('tokens', dialect.fields.tokens) }];
  const isOptional = inherits && !needsParent;
  const name = `tokens${isOptional ? '_if_set' : ''}_${snakeCase(dialect.title)}`;
  const options = { name, isOptional, isLenient: false };
  const comparison = isOptional ? 'imds_is_always_if_set' : 'imds_is_always';
  const { tokens, endpoint } = dialect.fields;
  if (!endpoint) { return checkOf(dialect, options, settings, comparison); }
  return fieldsCheck(options, [tokens.key, endpoint.key], () => anyOf(
    `${comparison}(%value.${tokens.key}, ${settings[0].accepted.list})`,
    `imds_is_always(%value.${endpoint.key}, [${literal(endpoint.spell(false))}])`,
  ));
}

/** The check that all settings of a carrier are accepted. It accepts unreadable options, because the rule for tokens reports them. */
export function valuesCheck({ dialect }: Carrier, about: string, settings: readonly CheckedSetting[]): ValueCheck {
  const name = `${about}_${snakeCase(dialect.title)}`;
  return checkOf(dialect, { name, isOptional: true, isLenient: true }, settings, 'imds_may_be');
}

/** The settings of a dialect except tokens, with their accepted values. */
export function otherSettings({ fields }: Dialect): readonly (CheckedSetting & { readonly name: SettingName })[] {
  return (Object.entries(fields) as [SettingName, Field][])
    .filter(([name]) => name !== 'tokens')
    .map(([name, field]) => ({
      name, field, accepted: acceptedValues(name, field), beside: field.mandatory === undefined ? undefined : fields.tokens,
    }));
}

type CheckOptions = Pick<ValueCheck, 'name' | 'isOptional' | 'isLenient'>;

function checkOf(dialect: Dialect, options: CheckOptions, settings: readonly CheckedSetting[], comparison: string): ValueCheck {
  const compare = (value: string, { list }: Accepted) => `${comparison}(${value}, ${list})`;
  if (dialect.scalar) { return { ...options, helpers: [], clauses: value => settings.map(({ accepted }) => compare(value, accepted)) }; }
  if (dialect instanceof OptionSettings) { return optionCheck(options, exampleOf(dialect), settings[0]); }
  const block = keyedCheck(options, settings, compare);
  return dialect instanceof JsonDocument ? documentCheck(block, exampleOf(dialect), settings) : block;
}

/** The check of settings in one object. */
function keyedCheck(options: CheckOptions, settings: readonly CheckedSetting[], compare: (value: string, accepted: Accepted) => string): ValueCheck {
  return fieldsCheck(options, settings.map(({ field }) => field.key), () => settings.flatMap(({ field, accepted, beside }) => [
    compare(`%value.${field.key}`, accepted),
    ...beside ? [`%value.${beside.key} !exists or imds_is_no_value(%value.${beside.key}) or imds_is_set(%value.${field.key})`] : [],
  ]));
}

/** The check of fields in one object, with the given clauses. */
function fieldsCheck(options: CheckOptions, keys: readonly string[], call: () => readonly string[]): ValueCheck {
  const name = `imds_${options.name}`;
  const helpers = propertyHelpers(name, keys.join(', '), { call }, options);
  return { ...options, helpers, clauses: value => [`${name}(${value})`] };
}

/** The options that a dialect writes to require tokens if there are none, as an example of its form. */
function exampleOf(dialect: Dialect): unknown {
  return dialect.require(undefined, { tokens: 'required' }, RENDERED, () => undefined);
}
