import type { SettingName } from '../model/settings';
import type { Dialect } from '../resources/dialects';
import { recordOf } from '../resources/record-table';

/** What a policy is told of a CloudFormation type, out of the table. */
export interface ConditionedType {
  /** The value of the key of `tokens` where they are required. */
  readonly required: string;
  /** The condition key of a setting. */
  key(setting: SettingName): string;
}

/** The condition keys of the service that launches what a CloudFormation type describes. */
export function conditionedType(type: string): ConditionedType {
  const dialect: Dialect = recordOf(type)!.carriers[0].dialect;
  return {
    key: setting => dialect.conditionKeys![setting]!,
    required: String(dialect.fields.tokens.spell('required')),
  };
}

/** The condition key of an option that a call asks for, where `ec2:Metadata...` tells what the instance has now. */
export function requestedAttribute(type: string, setting: SettingName): string {
  return `ec2:Attribute/${recordOf(type)!.carriers[0].dialect.fields[setting]!.key}`;
}
