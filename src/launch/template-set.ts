import { posix } from 'path';
import type { JsonObject, ParameterLookup } from '../model/intrinsics';
import { isObject, ownValue } from '../model/intrinsics';
import { RENDERED } from '../resources/layer';
import type { Place } from '../resources/paths';
import { placesAt } from '../resources/paths';
import { resourceTypeOf } from '../resources/resource-types';
import type { ContainerMark } from './container-mark';
import type { Export, LaunchResource, LaunchStack, LaunchWorld, Placed } from './world';
import { initIn, isWitness } from './world';

/** A synthesized template. */
export interface TemplateFile {
  /** Its path in the assembly: a nested stack is found by it, and a directory is a stage. */
  readonly file: string;
  /** What stands in it: anything, if it is broken. */
  readonly template: unknown;
  readonly stackName?: string;
  readonly account?: string;
  readonly region?: string;
  /** What `ContainerHost` says of the construct at a path: no template tells. */
  readonly markAt?: (path: string) => ContainerMark | undefined;
}

const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** Synthesized templates, those of nested stacks and of all stages among them, for the launch graph. */
export class TemplateSet implements LaunchWorld {
  public readonly resources: readonly LaunchResource[];
  public readonly exports: readonly Export[];
  private readonly stacks: ReadonlyMap<string, TemplateStack>;

  public constructor(files: readonly TemplateFile[]) {
    this.stacks = new Map(files.map(file => [posix.normalize(file.file), new TemplateStack(file)]));
    for (const stack of this.stacks.values()) { stack.adopt(file => this.stacks.get(file)); }
    const stacks = [...this.stacks.values()];
    this.resources = stacks.flatMap(stack => stack.resources.filter(({ type }) => resourceTypeOf(type) || isWitness(type)));
    this.exports = stacks.flatMap(stack => stack.exports);
  }
}

/** A stack as its template shows it. */
class TemplateStack implements LaunchStack {
  public readonly id: string;
  public readonly stage: string;
  public readonly resources: readonly TemplateResource[];
  private readonly byLogicalId: ReadonlyMap<string, TemplateResource>;
  private readonly nested = new Map<LaunchResource, TemplateStack>();
  private readonly around: TemplateResource[] = [];

  public constructor(private readonly source: TemplateFile) {
    this.id = source.file;
    this.stage = posix.dirname(posix.normalize(source.file));
    this.resources = Object.entries(this.section('Resources'))
      .map(([logicalId, definition]) => new TemplateResource(this, logicalId, definition));
    this.byLogicalId = new Map(this.resources.map(resource => [resource.logicalId, resource]));
  }

  public get name(): string | undefined {
    return this.source.stackName;
  }

  public get account(): string | undefined {
    return this.environment.account;
  }

  public get region(): string | undefined {
    return this.environment.region;
  }

  public markAt(path: string): ContainerMark | undefined {
    return this.source.markAt?.(path);
  }

  public get exports(): Export[] {
    return Object.values(this.section('Outputs')).filter(isObject).flatMap(output => {
      const name = isObject(output.Export) ? ownValue(output.Export, 'Name') : undefined;
      return name === undefined ? [] : [{ name, value: output.Value, stack: this }];
    });
  }

  public readonly parameters: ParameterLookup = name => {
    const parameter = ownValue(this.section('Parameters'), name);
    if (!isObject(parameter)) { return undefined; }
    const { AllowedValues: allowed, Default: defaultValue, Type: type } = parameter;
    if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter')) { return undefined; }
    return { allowedValues: Array.isArray(allowed) ? allowed as unknown[] : undefined, defaultValue };
  };

  public declaredDefault(parameter: string): unknown {
    const declared = ownValue(this.section('Parameters'), parameter);
    return isObject(declared) ? ownValue(declared, 'Default') : undefined;
  }

  public find(name: string): LaunchResource | undefined {
    return this.byLogicalId.get(name);
  }

  public argument(parameter: string): Placed | undefined {
    const [resource, ...others] = this.around;
    if (!resource) { return undefined; }
    // One template for several stacks: each hands over something else.
    if (others.length > 0) { return { value: { 'Fn::Unresolved': parameter }, stack: this }; }
    const parameters = resource.property('Parameters');
    const value = isObject(parameters) ? ownValue(parameters, parameter) : undefined;
    return value === undefined ? undefined : { value, stack: resource.stack };
  }

  public output(resource: LaunchResource, name: string): Placed | undefined {
    const stack = this.nested.get(resource);
    const output = stack && ownValue(stack.section('Outputs'), name);
    return stack && isObject(output) ? { value: output.Value, stack } : undefined;
  }

  /** Finds the nested stacks of this one. */
  public adopt(stackIn: (file: string) => TemplateStack | undefined): void {
    for (const resource of this.resources) {
      if (resource.type !== NESTED_STACK) { continue; }
      const file = resource.metadataEntry('aws:asset:path');
      const stack = typeof file === 'string' ? stackIn(posix.join(this.stage, file)) : undefined;
      if (!stack || this.isIn(stack)) { continue; }
      this.nested.set(resource, stack);
      stack.around.push(resource);
    }
  }

  /** A nested stack goes where the stack around it goes. */
  private get environment(): { readonly account?: string; readonly region?: string } {
    return this.around.length > 0 ? this.around[0].stack.environment : this.source;
  }

  /** Whether this is a nested stack of another one, however deep: a stack that is within itself is none. */
  private isIn(stack: TemplateStack): boolean {
    const outer = new Set<TemplateStack>([this]);
    for (const one of outer) { one.around.forEach(resource => outer.add(resource.stack)); }
    return outer.has(stack);
  }

  private section(name: string): JsonObject {
    const section = isObject(this.source.template) ? ownValue(this.source.template, name) : undefined;
    return isObject(section) ? section : {};
  }
}

/** A resource as its template shows it. */
class TemplateResource implements LaunchResource {
  public readonly type: string;
  public readonly path: string;
  public constructor(public readonly stack: TemplateStack, public readonly logicalId: string, private readonly definition: unknown) {
    const type = isObject(definition) ? ownValue(definition, 'Type') : undefined;
    this.type = typeof type === 'string' ? type : '';
    const path = this.metadataEntry('aws:cdk:path');
    this.path = typeof path === 'string' ? path : `${stack.id}#${logicalId}`;
  }

  public get mark(): ContainerMark | undefined {
    return this.stack.markAt(this.path);
  }

  public at(path: readonly string[], scalar = false): readonly Place[] {
    return placesAt(this.section('Properties'), path, RENDERED, '', scalar);
  }

  public init(): unknown {
    return initIn(this.section('Metadata'));
  }

  public moreTagKeys(): readonly string[] {
    return [];
  }

  public property(name: string): unknown {
    const properties = this.section('Properties');
    return isObject(properties) ? ownValue(properties, name) : undefined;
  }

  public metadataEntry(name: string): unknown {
    const metadata = this.section('Metadata');
    return isObject(metadata) ? ownValue(metadata, name) : undefined;
  }

  private section(name: string): unknown {
    return isObject(this.definition) ? ownValue(this.definition, name) : undefined;
  }
}
