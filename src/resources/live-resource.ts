import { CfnResource, Tokenization } from 'aws-cdk-lib';
import { intrinsicName, isObject, ownValue } from '../model/intrinsics';
import { Memo } from '../model/memo';
import { asJson, isPlain } from './as-json';
import { DROPPED_ID } from './dropped-id';
import { mayHoldUnresolved } from './literals';
import type { LiveLayer } from './live-layer';
import { typedName } from './live-layer';
import { resolveUncached } from './resolve-uncached';
import { StackLayers } from './stack-layers';

type Properties = { [name: string]: unknown };

/** Whether a type is a literal. The result is cached, because there are few types and many resources. */
const LITERAL_TYPES = new Memo((type: string) => !mayHoldUnresolved(type));

/** Internals of CDK. Only this file uses them. `test/resources/live-resource.test.ts` fails if CDK changes them. */
interface Internals {
  readonly rawOverrides: Properties;
  readonly cfnProperties: Properties;
  _cfnProperties: Properties;
  readonly _logicalIdOverride?: string;
  renderProperties(properties: Properties): Properties;
  shouldSynthesize(): boolean;
  _toCloudFormation(): { Resources?: { [logicalId: string]: unknown } };
}

/** A property that the user wrote, and the path from it to the place that is looked for. */
export interface WrittenPlace {
  readonly value: unknown;
  /** The rest of the path, below the value. */
  readonly path: readonly string[];
  /** The CloudFormation path of the value, below `Properties`. */
  readonly where: string;
  readonly layer: LiveLayer;
}

/** A resource in the form of a template. */
interface Definition {
  readonly Type?: unknown;
  readonly Properties?: unknown;
  readonly Metadata?: unknown;
  readonly UpdatePolicy?: unknown;
}

/** A resource in a construct tree: its properties as the user wrote them, its raw overrides, and what both render to. */
export class LiveResource {
  /** The CloudFormation type in the template; empty if the resource has no type there, or is not synthesized. */
  public static typeOf(resource: CfnResource): string {
    const internals = resource as unknown as Internals;
    if (!internals.shouldSynthesize() || internals._logicalIdOverride === DROPPED_ID) { return ''; }
    const definition = LiveResource.rendersItself(resource) ? new LiveResource(resource).definition() : undefined;
    const { rawOverrides } = internals;
    const type = definition ? definition.Type : 'Type' in rawOverrides ? rawOverrides.Type : resource.cfnResourceType;
    return typeof type === 'string' && LITERAL_TYPES.of(type) ? type : resolvedType(type, resource);
  }

  /** Whether a class of the user overrides how the resource is written into the template. It may write other content, more resources, or nothing. */
  public static rendersItself(resource: CfnResource): boolean {
    return (resource as unknown as Internals)._toCloudFormation !== (CfnResource.prototype as unknown as Internals)._toCloudFormation;
  }

  /** Whether its logical id was overridden with the name of a function, such as `Fn::Transform`: then the template has no such resource. */
  public static isNamedAsFunction(resource: CfnResource): boolean {
    return String((resource as unknown as Internals)._logicalIdOverride).startsWith('Fn::');
  }

  /** The logical id after synthesis. It is resolved from its token directly, without parsing text. */
  public static logicalIdOf(resource: CfnResource): string {
    const { _logicalIdOverride: override } = resource as unknown as Internals;
    if (override === undefined || override === '') { return resource.stack.getLogicalId(resource); }
    return mayHoldUnresolved(override) ? String(resolveUncached(override, resource.stack)) : override;
  }

  private readonly internals: Internals;
  private readonly typedProperties: Properties;
  /** Whether its class is an L1 of CDK, not a derived class. */
  private readonly isGenerated: boolean;

  public constructor(public readonly resource: CfnResource, private readonly layers = new StackLayers(resource.stack)) {
    this.internals = resource as unknown as Internals;
    this.typedProperties = resource as unknown as Properties;
    this.isGenerated = Object.prototype.hasOwnProperty.call(resource.constructor, 'CFN_RESOURCE_TYPE_NAME');
  }

  /** Whether it is an L1 of CDK without overrides of its type or properties, so its typed properties are final. */
  public get isPlain(): boolean {
    const { rawOverrides } = this.internals;
    return this.isGenerated && !('Properties' in rawOverrides) && !('Type' in rawOverrides);
  }

  /** Whether it is plain and certainly has a type in the template: its class has the type, and nothing changes or removes it. */
  public isPlainOfType(type: string | undefined): boolean {
    const { internals, resource } = this;
    return this.isPlain && resource.cfnResourceType === type && internals._logicalIdOverride !== DROPPED_ID && internals.shouldSynthesize()
      && !LiveResource.rendersItself(resource);
  }

  /** Whether the resource is an L1 with a typed property of this name. */
  public isTyped(property: string): boolean {
    return typedName(property) in this.resource;
  }

  /** The user's value on a path: a typed property of an L1, or all properties of a generic resource; `undefined` if reading it throws an error. */
  public written(path: readonly string[]): WrittenPlace | undefined {
    const name = typedName(path[0]);
    return name in this.resource
      ? this.typedPlace(name, path)
      : { value: this.internals._cfnProperties, path, where: '', layer: this.overrideLayer };
  }

  /** The user's value on a path, if it is certainly the rendered value; otherwise `undefined`. */
  public writtenAsRendered(path: readonly string[]): WrittenPlace | undefined {
    const name = typedName(path[0]);
    if (this.isPlain && name in this.resource) { return this.typedPlace(name, path); }
    return this.isShadowed(path[0]) ? undefined : this.written(path);
  }

  /**
   * Replaces the user's value, without changing the object that the user passed to the constructor.
   *
   * @returns whether it can be written: a class of the user can have only a getter, or be frozen
   */
  public write(path: readonly string[], value: unknown): boolean {
    const name = typedName(path[0]);
    try {
      if (name in this.resource) {
        this.typedProperties[name] = value;
      } else {
        this.internals._cfnProperties = value as Properties;
      }
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Removes a property of a generic resource.
   *
   * @returns whether it was removed
   */
  public dropGeneric(property: string): boolean {
    const { _cfnProperties: properties } = this.internals;
    if (this.isTyped(property) || !isObject(properties) || !isPlain(properties) || !(property in properties)) { return false; }
    return this.write([property], { ...properties, [property]: undefined });
  }

  /** The layer that raw overrides are written in. */
  public get overrideLayer(): LiveLayer {
    return this.layers.verbatim;
  }

  /** Whether the rendered value of a property may differ from the property: an override changes it, or a class of the user renders something else. */
  public isShadowed(property: string): boolean {
    const { rawOverrides } = this.internals;
    if ('Properties' in rawOverrides) {
      const value = rawOverrides.Properties;
      if (!isObject(value) || !isPlain(value) || intrinsicName(value) !== undefined || property in value) { return true; }
      // If the properties as a whole are not a plain object, CDK drops them as soon as it merges an override into them.
      if (!this.isTyped(property) && Object.keys(value).length > 0 && !this.hasPlainProperties) { return true; }
    }
    return this.isTyped(property) ? !this.isGenerated : this.resource.constructor !== CfnResource || this.isLeftOut;
  }

  /** Whether an override replaces a property with an intrinsic function, so the property is not rendered. */
  public isReplaced(property: string): boolean {
    const override = child(this.propertyOverrides.value, property);
    return isObject(override) && isKeptWhole(override);
  }

  /** The raw overrides of the properties. If an override deletes the properties, `isThere` is true and `value` is `undefined`. */
  public get propertyOverrides(): { readonly isThere: boolean; readonly value: unknown } {
    return { isThere: 'Properties' in this.internals.rawOverrides, value: this.internals.rawOverrides.Properties };
  }

  /** Whether raw overrides change the metadata of the resource. */
  public get overridesMetadata(): boolean {
    return 'Metadata' in this.internals.rawOverrides;
  }

  /** Replaces the raw overrides of the properties. */
  public setPropertyOverrides(value: unknown): void {
    this.resource.addOverride('Properties', value);
  }

  /** Restores the former raw overrides of the properties, or removes them if there were none. */
  public restorePropertyOverrides({ isThere, value }: LiveResource['propertyOverrides']): void {
    if (isThere) {
      this.setPropertyOverrides(value);
    } else {
      delete (this.internals.rawOverrides as Partial<Properties>).Properties;
    }
  }

  /** The properties in the final template; `undefined` if they cannot be rendered, which CDK reports at synthesis. */
  public rendered(): unknown {
    const definition = this.definition();
    return definition && (definition.Properties ?? {});
  }

  /** The resource in the final template, with its metadata; `undefined` if it cannot be rendered. */
  public definition(): Definition | undefined {
    try {
      const fragment = asJson(resolveUncached(this.internals._toCloudFormation(), this.layers.stack, this.layers.spelling));
      const resources = isObject(fragment) && isObject(fragment.Resources) ? fragment.Resources : {};
      const [id, ...others] = Object.keys(resources);
      const definition = ownValue(resources, others.length === 0 ? id : String(this.layers.stack.resolve(this.resource.logicalId)));
      return isObject(definition) ? definition : {};
    } catch {
      return undefined;
    }
  }

  /** The properties in the template, without overrides; `undefined` if they cannot be rendered. */
  public renderedWithoutOverrides(): unknown {
    try {
      return this.internals.renderProperties(resolveUncached(this.internals.cfnProperties, this.layers.stack, this.layers.spelling) as Properties);
    } catch {
      return undefined;
    }
  }

  /** Whether the properties of a generic resource are a plain object: no function, no unresolved value, and no text. */
  private get hasPlainProperties(): boolean {
    const { _cfnProperties: properties } = this.internals;
    return isObject(properties) && intrinsicName(properties) === undefined && !Tokenization.isResolvable(properties);
  }

  /** Whether CDK leaves out existing properties of a generic resource: a number, a date, or an empty list. */
  private get isLeftOut(): boolean {
    const { _cfnProperties: properties } = this.internals;
    if (isObject(properties) && isPlain(properties)) { return false; }
    try {
      const resolved = resolveUncached(properties, this.layers.stack, this.layers.spelling);
      return (!isObject(resolved) || resolved instanceof Date) && Object.values(resolved ?? {}).length === 0;
    } catch {
      return false; // CDK itself reports the error
    }
  }

  private typedPlace(name: string, path: readonly string[]): WrittenPlace | undefined {
    try {
      return { value: this.typedProperties[name], path: path.slice(1), where: path[0], layer: this.layers.typed };
    } catch {
      return undefined;
    }
  }
}

/** A type that CDK has to resolve; empty if the result is not a text. */
function resolvedType(type: unknown, { stack }: CfnResource): string {
  try {
    const resolved = resolveUncached(type, stack);
    return typeof resolved === 'string' ? resolved : '';
  } catch {
    return ''; // CDK itself reports the error
  }
}

/** The functions that CDK does not merge with their neighbours. It treats any other function as a plain object. */
const KEPT_WHOLE: ReadonlySet<string> = new Set([
  'Ref', 'Fn::Base64', 'Fn::Cidr', 'Fn::FindInMap', 'Fn::GetAtt', 'Fn::GetAZs', 'Fn::ImportValue', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::Sub',
  'Fn::Transform', 'Fn::And', 'Fn::Equals', 'Fn::If', 'Fn::Not', 'Fn::Or',
]);

/** Whether an override is a function that replaces the value, when CDK merges overrides. */
export function isKeptWhole(override: object): boolean {
  const [only, ...others] = Object.keys(override);
  return others.length === 0 && KEPT_WHOLE.has(only);
}

function child(properties: unknown, name: string): unknown {
  return isObject(properties) ? ownValue(properties, name) : undefined;
}
