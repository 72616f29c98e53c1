import type { SettingName } from '../model/settings';
import type { ResourceRecord } from '../resources/record';

/** What a policy is told of a CloudFormation type, out of its record. */
export interface ConditionedType {
  /** The value of the key of `tokens` where they are required. */
  readonly required: string;
  /** The condition key of a setting. */
  key(setting: SettingName): string;
}

/** The condition keys of the service that launches what a CloudFormation type describes. */
export function conditionedType({ carriers: [{ dialect }] }: ResourceRecord): ConditionedType {
  return {
    key: setting => dialect.conditionKeys![setting]!,
    required: String(dialect.fields.tokens.spell('required')),
  };
}

/** The condition key of an option that a call asks for, where `ec2:Metadata...` tells what the instance has now. */
export function requestedAttribute({ carriers: [{ dialect }] }: ResourceRecord, setting: SettingName): string {
  return `ec2:Attribute/${dialect.fields[setting]!.key}`;
}
