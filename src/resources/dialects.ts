import type { ParameterLookup } from '../model/intrinsics';
import { isAbsent, possibleValues } from '../model/intrinsics';
import type { SettingName, Settings, WantedSettings } from '../model/settings';
import type { Fields } from './fields';
import { HOP_LIMIT_FIELD, requireValue, switchField, tokensField } from './fields';
import { JsonDocument } from './json-document';
import type { LiteralTest } from './keyed-block';
import { KeyedBlock } from './keyed-block';
import type { Layer } from './layer';
import { OptionSettings } from './option-settings';
import { RestoreMetadata } from './restore-metadata';

/** The IAM condition keys of settings, by their full name: `ec2:MetadataHttpTokens`. */
export type ConditionKeys = { readonly [name in SettingName]?: string };

/** The names that a service uses for metadata options: its settings, their spelling, and how to read and write a block. */
export interface Dialect {
  /** The name, as the coverage page shows it. */
  readonly title: string;
  /** The settings that it has. */
  readonly fields: Fields;
  /** The IAM condition keys for the settings of a request, if the service has them. */
  readonly conditionKeys?: ConditionKeys;
  /** Whether a block is one value, not an object or a list. */
  readonly scalar: boolean;
  /** The settings of a block, or `undefined` where it cannot be read: an unknown intrinsic, or a mistake. */
  read(block: unknown, layer: Layer, parameters: ParameterLookup): Settings | undefined;
  /** The block with required tokens, and the other wanted settings if they are unset. If nothing changes, or the block is unreadable, it returns the same object. */
  require(block: unknown, wanted: WantedSettings, layer: Layer, parameters: ParameterLookup): unknown;
  /** The same for a block that can leave its tokens to a launch template: only existing values are corrected. */
  requireWhereSet(block: unknown, layer: Layer, parameters: ParameterLookup): unknown;
  /** Whether a block is an object that sets tokens, with only accepted literals. Missing if the dialect has no such blocks. */
  holds?(block: unknown, layer: Layer, accepts: LiteralTest): boolean;
}

const HTTP_FIELDS = {
  tokens: tokensField('HttpTokens', 'required'),
  hopLimit: HOP_LIMIT_FIELD,
  endpoint: switchField('HttpEndpoint'),
  ipv6: switchField('HttpProtocolIpv6'),
  tags: switchField('InstanceMetadataTags'),
};

/** The same dialect for a service with condition keys. */
export function withConditionKeys(dialect: Dialect, conditionKeys: ConditionKeys): Dialect {
  return { ...dialect, conditionKeys };
}

/** EC2's own `MetadataOptions`, with the settings that a type has of them. */
export function httpOptions(...names: readonly (keyof typeof HTTP_FIELDS)[]): Dialect {
  const fields: Fields = {
    tokens: HTTP_FIELDS.tokens,
    ...Object.fromEntries(names.map(name => [name, HTTP_FIELDS[name]])),
  };
  return keyed('HTTP options', fields);
}

/** SageMaker's minimum version, a string. */
export const MINIMUM_VERSION: Dialect = withConditionKeys(
  keyed('minimum version', { tokens: tokensField('MinimumInstanceMetadataServiceVersion', '2', 2) }),
  { tokens: 'sagemaker:MinimumInstanceMetadataServiceVersion' },
);

/** AppStream's flag that turns version 1 off. */
export const DISABLE_FLAG: Dialect = disableFlag();

/** Elastic Beanstalk's option that turns version 1 off. */
export const OPTION_SETTINGS: Dialect = new OptionSettings(
  'option settings',
  { namespace: 'aws:autoscaling:launchconfiguration', option: 'DisableIMDSv1' },
  tokensField('DisableIMDSv1', 'true', true),
);

/** AWS Backup's metadata of a restore. */
export const RESTORE_METADATA: Dialect = new RestoreMetadata();

/** EMR's security configuration: a JSON document with the version as a number, which needs the hop limit with it. */
export const JSON_DOCUMENT: Dialect = new JsonDocument('JSON document', 'InstanceMetadataServiceConfiguration', {
  tokens: tokensField('MinimumInstanceMetadataServiceVersion', 2),
  hopLimit: { ...HOP_LIMIT_FIELD, mandatory: 1 },
});

function keyed(title: string, fields: Fields): Dialect {
  const block = new KeyedBlock(fields);
  return {
    title,
    fields,
    scalar: false,
    read: (value, layer, parameters) => block.read(value, layer, parameters),
    require: (value, wanted, layer, parameters) => block.require(value, wanted, layer, parameters),
    requireWhereSet: (value, layer, parameters) => block.requireWhereSet(value, layer, parameters),
    holds: (value, layer, accepts) => block.holds(value, layer, accepts),
  };
}

function disableFlag(): Dialect {
  const tokens = tokensField('DisableIMDSV1', true, 'true');
  const read = (value: unknown, layer: Layer, parameters: ParameterLookup) => possibleValues(layer.resolve(value), parameters);
  return {
    title: 'disable flag',
    fields: { tokens },
    scalar: true,
    read: (value, layer, parameters) => ({ tokens: read(value, layer, parameters) }),
    require: (value, _wanted, layer, parameters) => requireValue(tokens, value, layer, parameters),
    requireWhereSet: (value, layer, parameters) => isAbsent(value) ? value : requireValue(tokens, value, layer, parameters),
  };
}
