import { posix } from 'path';
import type { DeployedName } from '../model/deployed-name';
import type { JsonObject, ParameterLookup } from '../model/intrinsics';
import { intrinsicName, isObject, ownValue } from '../model/intrinsics';
import { networkRecordOf, recordOf } from '../resources/record-table';
import { isNameOfValue } from '../resources/stack-parameters';
import { argumentIn, lookedUpOnce, nestedParameter } from './nested-stack-arguments';
import type { Target } from './targets';
import type { KnownResource, TemplateFile } from './template-file';
import { NESTED_STACK, TemplateResource, typeIn } from './template-resource';
import type { WithoutContainers } from './without-containers';
import type { Export, LaunchResource, LaunchStack, Placed } from './world';

/** The type of a module ends like this. CloudFormation replaces a module by its resources at deployment. */
const MODULE = /::MODULE$/;

const MOST_NAMES = 100;

/** A stack as its template shows it. */
export class TemplateStack implements LaunchStack {
  public readonly id: string;
  public readonly stage: string;
  /** The logical ids of the resources that matter to the launch graph, and of nested stacks. Other resources are found by name. */
  public readonly logicalIds: readonly string[];
  public readonly parameters: ParameterLookup = lookedUpOnce(this, name => this.parameter(name));
  private readonly byLogicalId = new Map<string, TemplateResource>();
  private opened: readonly TemplateResource[] | undefined;
  private hosts: ReadonlySet<string> | undefined;
  private readonly definitions: JsonObject;
  private readonly nested = new Map<LaunchResource, TemplateStack>();
  private readonly around: TemplateResource[] = [];
  private names: readonly DeployedName[] | undefined;

  public constructor(private readonly source: TemplateFile, private readonly withoutContainers: WithoutContainers) {
    this.id = source.file;
    this.stage = posix.dirname(posix.normalize(source.file));
    this.definitions = this.section('Resources');
    this.logicalIds = Object.keys(this.definitions).filter(logicalId => isRelevant(typeIn(this.definitions[logicalId])));
  }

  /** The same resources. They are opened on demand. */
  public get resources(): readonly TemplateResource[] {
    return this.opened ??= this.logicalIds.map(logicalId => this.resourceOf(logicalId));
  }

  /** The resource with one of these logical ids. */
  public resourceOf(logicalId: string): TemplateResource {
    return this.byLogicalId.get(logicalId) ?? this.open(logicalId, this.definitions[logicalId]);
  }

  /** The definition of the same resource. */
  public definitionOf(logicalId: string): JsonObject {
    return this.definitions[logicalId] as JsonObject;
  }

  /** The type of any resource; empty if it does not exist. */
  public typeAt(logicalId: string): string {
    return typeIn(ownValue(this.definitions, logicalId));
  }

  /** The logical ids of resources that may show containers: all except those that certainly do not. */
  public get possibleHosts(): ReadonlySet<string> {
    return this.hosts ??= this.findPossibleHosts();
  }

  public get name(): string | undefined {
    return this.source.stackName;
  }

  public get deployedNames(): readonly DeployedName[] {
    return this.names ??= this.source.isProduct ? [] : this.namesByNesting();
  }

  public get account(): string | undefined {
    return this.environment.account;
  }

  public get region(): string | undefined {
    return this.environment.region;
  }

  /** Whether `ContainerHost` may have been applied to one of its resources. */
  public get isMarked(): boolean {
    return this.source.isMarked ?? true;
  }

  /** Whether one of its resources may contain `AWS::CloudFormation::Init`. */
  public get mayHaveInit(): boolean {
    return this.source.mayHaveInit ?? true;
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

  public declaredDefault(parameter: string): unknown {
    const declared = ownValue(this.section('Parameters'), parameter);
    return isObject(declared) ? ownValue(declared, 'Default') : undefined;
  }

  public isLookedUp(parameter: string): boolean {
    const declared = ownValue(this.section('Parameters'), parameter);
    return isObject(declared) && isNameOfValue(ownValue(declared, 'Type'));
  }

  public find(name: string): LaunchResource | undefined {
    const known = this.byLogicalId.get(name);
    if (known) { return known; }
    const definition = ownValue(this.definitions, name);
    return definition === undefined ? undefined : this.open(name, definition);
  }

  public referredIn(written: unknown): (Target & { readonly kind: 'resource' }) | undefined {
    const reference = plainReference(written);
    const resource = reference && this.find(reference.name);
    return resource && { kind: 'resource', resource, attribute: reference.attribute };
  }

  public argument(parameter: string): Placed | undefined {
    const [resource, ...others] = this.around;
    if (!resource) { return undefined; }
    // One template for several stacks: each hands over something else.
    if (others.length > 0) { return { value: { 'Fn::Unresolved': parameter }, stack: this }; }
    const value = argumentIn(resource.property('Parameters'), parameter);
    return value === undefined ? undefined : { value, stack: resource.stack };
  }

  public nestedIn(resource: LaunchResource): LaunchStack | undefined {
    return this.nested.get(resource);
  }

  public output(name: string): Placed | undefined {
    const output = ownValue(this.section('Outputs'), name);
    return isObject(output) ? { value: output.Value, stack: this } : undefined;
  }

  /** The nested stacks with unknown templates, and the modules: their contents are unknown. */
  public get notVisible(): readonly TemplateResource[] {
    const nested = this.nestedStacks.filter(resource => !this.nested.has(resource));
    const modules = Object.entries(this.definitions).filter(([, definition]) => MODULE.test(typeIn(definition)));
    return [...nested, ...modules.map(([logicalId, definition]) => this.open(logicalId, definition))];
  }

  /** Finds the nested stacks of this one. */
  public adopt(stackIn: (file: string) => TemplateStack | undefined): void {
    for (const resource of this.nestedStacks) {
      const stack = resource.nestedFile === undefined ? undefined : stackIn(resource.nestedFile);
      if (!stack || this.isIn(stack)) { continue; }
      this.nested.set(resource, stack);
      stack.around.push(resource);
    }
  }

  private findPossibleHosts(): ReadonlySet<string> {
    const hosts = new Set<string>();
    for (let index = 0; index < this.logicalIds.length; index++) {
      const definition = this.definitionOf(this.logicalIds[index]);
      const type = typeIn(definition);
      if (type !== NESTED_STACK && !this.withoutContainers.has(definition, recordOf(type), this)) { hosts.add(this.logicalIds[index]); }
    }
    return hosts;
  }

  private get nestedStacks(): readonly TemplateResource[] {
    return this.logicalIds.filter(logicalId => typeIn(this.definitions[logicalId]) === NESTED_STACK).map(logicalId => this.resourceOf(logicalId));
  }

  private parameter(name: string): ReturnType<ParameterLookup> {
    const parameter = ownValue(this.section('Parameters'), name);
    if (!isObject(parameter)) { return undefined; }
    const { AllowedValues: allowed, Default: defaultValue } = parameter;
    if (this.isLookedUp(name)) { return undefined; }
    const declared = { allowedValues: Array.isArray(allowed) ? allowed as unknown[] : undefined, defaultValue };
    return this.around.length > 0 ? nestedParameter(this, name, declared) : declared;
  }

  private open(logicalId: string, definition: unknown): TemplateResource {
    const resource = new TemplateResource(this, logicalId, definition);
    this.byLogicalId.set(logicalId, resource);
    return resource;
  }

  /** A template can belong to several nested stacks. With more than a few, it is unknown which one is meant. */
  private namesByNesting(): readonly DeployedName[] {
    if (this.around.length === 0) { return this.name === undefined ? [] : [[this.name]]; }
    const names = this.around.flatMap(({ stack, logicalId }) => stack.deployedNames.map(around => [...around, logicalId]));
    return names.length > MOST_NAMES ? [] : names;
  }

  /** A nested stack is deployed where its parent is. */
  private get environment(): { readonly account?: string; readonly region?: string } {
    return this.around.length > 0 ? this.around[0].stack.environment : this.source;
  }

  /** Whether this is a nested stack of another one, at any depth. A stack that contains itself is not. */
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

/** The names in a reference that can only mean a resource of the same template, if it exists. */
function plainReference(written: unknown): { readonly name: string; readonly attribute: string } | undefined {
  const intrinsic = intrinsicName(written);
  const argument = intrinsic === undefined ? undefined : (written as JsonObject)[intrinsic];
  if (intrinsic === 'Ref') { return typeof argument === 'string' && !argument.startsWith('AWS::') ? { name: argument, attribute: 'Ref' } : undefined; }
  if (intrinsic !== 'Fn::GetAtt' || !Array.isArray(argument) || argument.length !== 2) { return undefined; }
  const { 0: name, 1: attribute } = argument as readonly unknown[];
  return typeof name === 'string' && typeof attribute === 'string' && !attribute.startsWith('Outputs.') ? { name, attribute } : undefined;
}

/** Whether resources of a type matter to the launch graph, or are nested stacks. */
function isRelevant(type: string): boolean {
  return recordOf(type) !== undefined || networkRecordOf(type)?.givesIpv6To !== undefined || type === NESTED_STACK;
}
