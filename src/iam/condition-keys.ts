import type { SettingName } from '../model/settings';
import type { ResourceRecord } from '../resources/record';

/** The condition keys of a CloudFormation type, from its record. */
export interface ConditionedType {
  /** The value of the key of `tokens` that requires them. */
  readonly required: string;
  /** The condition key of a setting. */
  key(setting: SettingName): string;
}

/** The condition keys of the service that launches the instances of a type. */
export function conditionedType({ carriers: [{ dialect }] }: ResourceRecord): ConditionedType {
  return {
    key: setting => dialect.conditionKeys![setting]!,
    required: String(dialect.fields.tokens.spell('required')),
  };
}

/** The condition key for the requested value of an option. The keys `ec2:Metadata...` have the current value. */
export function requestedAttribute({ carriers: [{ dialect }] }: ResourceRecord, setting: SettingName): string {
  return `ec2:Attribute/${dialect.fields[setting]!.key}`;
}
