import { CfnResource } from 'aws-cdk-lib';
import type { JsonObject } from '../model/intrinsics';
import { intrinsicName, isObject, ownValue } from '../model/intrinsics';
import { DROPPED_ID } from './dropped-id';
import { typedName } from './live-layer';
import { EVERY_ELEMENT, isNothing } from './path';
import type { Carrier, LaunchReference, ResourceRecord } from './record';
import { recordOf } from './record-table';

/** The facts of an L1 class of CDK whose type has one block with metadata options, if nothing else decides about them. */
export interface PlainL1 {
  readonly record: ResourceRecord;
  readonly carrier: Carrier;
  /** The property that holds the block, such as `launchTemplateData`; `undefined` if the block is itself a property of the resource. */
  readonly holder: string | undefined;
  /** The name of the block, such as `metadataOptions`. */
  readonly block: string;
  /** The name of the setting for tokens in the block, such as `httpTokens`. */
  readonly tokens: string;
  /** The property that names a source; `undefined` if there is none, or several. */
  readonly source: PlainSource | undefined;
  /** The names of the properties with user data and images, in the holder or in the resource; `undefined` if some are elsewhere. */
  readonly texts: { readonly userData: readonly string[]; readonly images: readonly string[] } | undefined;
}

/** The property of a class that names the source of a launch. */
export interface PlainSource {
  /** The property, such as `launchTemplate`. */
  readonly property: string;
  /** The keys of an id, a name and a version in it; `undefined` if the property is a name itself. */
  readonly keys: { readonly id: string; readonly name: string | undefined; readonly version: string } | undefined;
  /** The CloudFormation type of the source. */
  readonly target: string;
}

/** Internals of CDK: see `LiveResource`. */
interface Internals {
  readonly cfnOptions: { readonly metadata?: unknown };
  readonly constructor: object;
  readonly rawOverrides: object;
  readonly _logicalIdOverride?: string;
  readonly _toCloudFormation: unknown;
  shouldSynthesize(): boolean;
}

const { _toCloudFormation: BY_CDK } = CfnResource.prototype as unknown as Internals;

const UNREADABLE = Symbol('unreadable');

const BY_CLASS = new WeakMap<object, PlainL1 | 'not plain'>();

/**
 * The facts of the class of a resource, if the properties of the resource are rendered as they are written, because they have no overrides.
 *
 * Most resources are plain. For them, one look-up by the class replaces many steps of other code.
 */
export function plainL1Of(resource: CfnResource): PlainL1 | undefined {
  const { constructor, rawOverrides, _logicalIdOverride, _toCloudFormation } = resource as unknown as Internals;
  const known = BY_CLASS.get(constructor) ?? factsOf(constructor);
  const isPlain = known !== 'not plain' && resource.cfnResourceType === known.record.type && _toCloudFormation === BY_CDK
    && _logicalIdOverride !== DROPPED_ID && !('Properties' in rawOverrides) && !('Type' in rawOverrides)
    && (resource as unknown as Internals).shouldSynthesize();
  return isPlain ? known : undefined;
}

/** Whether a resource may have metadata of its own, such as `AWS::CloudFormation::Init`. */
export function mayHaveMetadata(resource: CfnResource): boolean {
  const { rawOverrides, cfnOptions } = resource as unknown as Internals;
  return 'Metadata' in rawOverrides || cfnOptions.metadata !== undefined;
}

/** Whether a plain resource certainly launches from nothing. */
export function launchesFromNothing(resource: CfnResource, { record, source }: PlainL1): boolean {
  return !record.launchesFrom || (source !== undefined && isNothing(propertyOf(resource, source.property)));
}

/** Whether a plain resource certainly does not name its source by a name. It may name it by an id. */
export function launchesFromNoName(resource: CfnResource, l1: PlainL1): boolean {
  const { record: { launchesFrom }, source } = l1;
  if (!launchesFrom || !source) { return !launchesFrom; }
  try {
    const named = propertyOf(resource, source.property);
    return isNothing(named) || (source.keys?.name !== undefined && isPropertyObject(named) && ownValue(named, source.keys.name) === undefined);
  } catch {
    return false; // an object of the user throws an error when it is read
  }
}

/** A property of a resource; `UNREADABLE` if reading it throws an error. */
function propertyOf(resource: CfnResource, name: string): unknown {
  try {
    return (resource as unknown as JsonObject)[name];
  } catch {
    return UNREADABLE;
  }
}

/** Whether the value is an object of properties: no list, no token, and no function. */
export function isPropertyObject(value: unknown): value is JsonObject {
  return isObject(value) && !('resolve' in value) && intrinsicName(value) === undefined;
}

/** The options of a plain resource: only tokens, with an accepted literal; none at all; or others. */
export function optionsOf(resource: CfnResource, { holder, block, tokens, carrier }: PlainL1): 'tokens alone' | 'nothing' | 'other' {
  try {
    const written = (resource as unknown as JsonObject)[holder ?? block];
    if (isNothing(written)) { return 'nothing'; }
    if (holder !== undefined && !isPropertyObject(written)) { return 'other'; }
    const options = holder === undefined ? written : ownValue(written as JsonObject, block);
    if (isNothing(options)) { return 'nothing'; }
    if (!isObject(options) || 'resolve' in options) { return 'other'; }
    const keys = Object.keys(options);
    return keys.length === 1 && keys[0] === tokens && carrier.dialect.fields.tokens.accepts(options[tokens]) ? 'tokens alone' : 'other';
  } catch {
    return 'other'; // a class of the user throws an error when it is read
  }
}

function factsOf(constructor: object): PlainL1 | 'not plain' {
  const type = Object.prototype.hasOwnProperty.call(constructor, 'CFN_RESOURCE_TYPE_NAME')
    ? (constructor as { readonly CFN_RESOURCE_TYPE_NAME: unknown }).CFN_RESOURCE_TYPE_NAME
    : undefined;
  const record = typeof type === 'string' ? recordOf(type) : undefined;
  const known = record && isPlainType(record) ? ofRecord(record) : 'not plain';
  BY_CLASS.set(constructor, known);
  return known;
}

function isPlainType({ carriers, gaps, scripts, containers }: ResourceRecord): boolean {
  if (carriers.length !== 1 || gaps.length + scripts.length > 0 || containers) { return false; }
  const [{ path, decidesAlone }] = carriers;
  return decidesAlone === 'always' && path.length <= 2 && !path.includes(EVERY_ELEMENT);
}

function ofRecord(record: ResourceRecord): PlainL1 {
  const [carrier] = record.carriers;
  const names = carrier.path.map(typedName);
  const { userData, images } = record.instances;
  const areBeside = [...userData, ...images].every(path => isBeside(carrier.path, path));
  const references = record.launchesFrom?.references ?? [];
  const lastOf = (path: readonly string[]) => typedName(path[path.length - 1]);
  return {
    record,
    carrier,
    holder: names.length > 1 ? names[0] : undefined,
    block: names[names.length - 1],
    tokens: typedName(carrier.dialect.fields.tokens.key),
    source: references.length === 1 && references[0].segments.length === 1 ? sourceOf(references[0]) : undefined,
    texts: areBeside ? { userData: userData.map(lastOf), images: images.map(lastOf) } : undefined,
  };
}

function sourceOf({ segments, keys, target }: LaunchReference): PlainSource {
  const name = keys?.name === undefined ? undefined : typedName(keys.name);
  return { property: typedName(segments[0]), keys: keys && { id: typedName(keys.id), name, version: typedName(keys.version) }, target };
}

/** Whether two properties are in the same object. */
function isBeside(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.slice(0, -1).every((segment, index) => segment === other[index]) && !other.includes(EVERY_ELEMENT);
}
