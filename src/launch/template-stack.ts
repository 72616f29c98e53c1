import { posix } from 'path';
import type { JsonObject, ParameterLookup } from '../model/intrinsics';
import { isObject, ownValue } from '../model/intrinsics';
import type { KnownResource, TemplateFile } from './template-file';
import { TemplateResource } from './template-resource';
import type { Export, LaunchResource, LaunchStack, Placed } from './world';

/** A stack as its template shows it. */
export class TemplateStack implements LaunchStack {
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

  public known(logicalId: string): KnownResource | undefined {
    return this.source.known?.(logicalId);
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
      const stack = resource.nestedFile === undefined ? undefined : stackIn(resource.nestedFile);
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
