import type { SettingName } from '../model/settings';
import type { Field } from '../resources/fields';

/** The accepted values of a setting. */
export interface Accepted {
  /** As a list in Guard's language. */
  readonly list: string;
  /** As a regular expression for JSON text, without the quotes. */
  readonly pattern: string;
}


/** Every hop limit that EC2 accepts. */
const HOP_LIMITS = hopLimits(64);

/** The line that stores all hop limits in a variable, so that the file contains the list once. */
export const HOP_LIMITS_VARIABLE = `let imds_hop_limits = ${HOP_LIMITS.list}`;

/** The values that a field accepts. */
export function acceptedValues(name: SettingName, field: Field): Accepted {
  switch (name) {
    case 'tokens': return acceptedOf(spellingsOf(field.spell('required')).filter(value => field.accepts(value)));
    case 'hopLimit': return { ...HOP_LIMITS, list: '%imds_hop_limits' };
    default: return acceptedOf([field.spell(true), field.spell(false)]);
  }
}

/** The hop limits up to a maximum: as numbers, and as text that CloudFormation accepts. */
export function hopLimits(max: number): Accepted {
  const limits = Array.from({ length: max }, (_, index) => index + 1);
  const pattern = `0*(${limits.join('|')})`;
  return { list: `[${limits.join(', ')}, /^${pattern}$/]`, pattern };
}

/** A value in Guard's language. */
export function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function acceptedOf(values: readonly unknown[]): Accepted {
  return { list: `[${values.map(literal).join(', ')}]`, pattern: `(${values.map(String).join('|')})` };
}

/** A value as text or as a literal. */
function spellingsOf(value: unknown): unknown[] {
  const literals = [true, false, Number(value)].filter(other => String(other) === String(value));
  return [...new Set([value, String(value), ...literals])];
}
