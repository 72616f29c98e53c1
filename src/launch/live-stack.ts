import type { Stack } from 'aws-cdk-lib';
import { CfnElement, CfnOutput, CfnResource, NestedStack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DeployedName } from '../model/deployed-name';
import type { ParameterLookup } from '../model/intrinsics';
import { DROPPED_ID } from '../resources/dropped-id';
import { LiveResource } from '../resources/live-resource';
import { resolveUncached } from '../resources/resolve-uncached';
import { StackLayers } from '../resources/stack-layers';
import type { LiveLaunchResource } from './live-launch-resource';
import type { LiveTree } from './live-tree';
import { argumentIn, lookedUpOnce, nestedParameter } from './nested-stack-arguments';
import type { Target } from './targets';
import { isProduct } from './template-path';
import type { LaunchResource, LaunchStack, Placed } from './world';

/** A stack in a construct tree. */
export class LiveStack implements LaunchStack {
  public readonly id: string;
  public readonly stage: string;
  public readonly layers: StackLayers;
  public readonly parameters: ParameterLookup;
  private elements: ReadonlyMap<string, CfnElement> | undefined;
  private around: Placed | undefined;

  public constructor(public readonly stack: Stack, private readonly tree: LiveTree) {
    this.id = stack.node.path;
    this.layers = new StackLayers(stack, tree.spell);
    this.stage = Stage.of(stack)?.node.path ?? '';
    this.parameters = lookedUpOnce(this, name => {
      const declared = tree.parameters.of(this.ownerOf(name))(this.logicalIdOf(name));
      const resolved = declared && this.resolve(declared) as ReturnType<ParameterLookup>;
      return resolved && this.ownerOf(name).nested ? nestedParameter(this, name, resolved) : resolved;
    });
  }

  public get name(): string | undefined {
    return literal(this.stack.stackName);
  }

  public get deployedNames(): readonly DeployedName[] {
    if (isProduct(this.stack)) { return []; }
    const resource = NestedStack.isNestedStack(this.stack) ? this.stack.nestedStackResource : undefined;
    if (!resource) { return this.name === undefined ? [] : [[this.name]]; }
    const { stack, logicalId } = this.tree.resourceOf(resource);
    return stack.deployedNames.flatMap(around => logicalId === undefined ? [] : [[...around, logicalId]]);
  }

  public get account(): string | undefined {
    return literal(this.stack.account);
  }

  public get region(): string | undefined {
    return literal(this.stack.region);
  }

  public declaredDefault(parameter: string): unknown {
    return this.resolve(this.tree.parameters.declaredDefault(this.ownerOf(parameter), this.logicalIdOf(parameter)));
  }

  public isLookedUp(parameter: string): boolean {
    return this.tree.parameters.isLookedUp(this.ownerOf(parameter), this.logicalIdOf(parameter));
  }

  public find(name: string): LaunchResource | undefined {
    const element = this.elementOf(name);
    return element && CfnResource.isCfnResource(element) && LiveResource.typeOf(element) !== '' ? this.tree.resourceOf(element) : undefined;
  }

  public referredIn(written: unknown): (Target & { readonly kind: 'resource' }) | undefined {
    const { target, displayName: attribute = '' } = this.tree.referenceIn(written) ?? {};
    const isKnown = target !== undefined && CfnResource.isCfnResource(target) && !/^(?:AWS::|Outputs\.)/.test(attribute);
    return isKnown ? { kind: 'resource', resource: this.tree.resourceOf(target), attribute } : undefined;
  }

  public argument(parameter: string): Placed | undefined {
    const owner = this.tree.stackOf(this.ownerOf(parameter));
    const around = owner.around ??= owner.argumentsFromAround();
    const value = argumentIn(around.value, this.logicalIdOf(parameter));
    return value === undefined ? undefined : { value, stack: around.stack };
  }

  public nestedIn(resource: LaunchResource): LaunchStack | undefined {
    const inner = this.tree.nestedStackOf((resource as LiveLaunchResource).resource);
    return inner && this.tree.stackOf(inner);
  }

  public output(name: string): Placed | undefined {
    const output = this.elementOf(name);
    return output instanceof CfnOutput ? { value: this.resolve(output.value), stack: this } : undefined;
  }

  /** The rendering of a value in this stack, with references by construct path. */
  public resolve(value: unknown): unknown {
    try {
      return resolveUncached(value, this.stack, this.tree.spell);
    } catch {
      return undefined;
    }
  }

  private elementOf(name: string): CfnElement | undefined {
    return this.tree.elementAt(name) ?? (this.elements ??= this.elementsByLogicalId()).get(name);
  }

  /** The stack of a parameter: one that is named by its path may be another stack's. */
  private ownerOf(name: string): Stack {
    return this.tree.elementAt(name)?.stack ?? this.stack;
  }

  /** The logical id of a parameter that is named by its path. */
  private logicalIdOf(name: string): string {
    const element = this.tree.elementAt(name);
    return element ? String(element.stack.resolve(element.logicalId)) : name;
  }

  /** The parameters that a parent stack passes to a nested one, perhaps under conditions. */
  private argumentsFromAround(): Placed {
    const resource = NestedStack.isNestedStack(this.stack) ? this.stack.nestedStackResource : undefined;
    const outer = resource && this.tree.resourceOf(resource);
    return { value: outer?.valuesAt(['Parameters'])[0], stack: outer?.stack ?? this };
  }

  private elementsByLogicalId(): Map<string, CfnElement> {
    const elements = new Map<string, CfnElement>();
    const collect = (construct: IConstruct): void => {
      const logicalId = CfnElement.isCfnElement(construct) && construct.stack === this.stack ? this.resolve(construct.logicalId) : undefined;
      if (typeof logicalId === 'string') { elements.set(logicalId, construct as CfnElement); }
      construct.node.children.forEach(collect);
    };
    collect(this.stack);
    elements.delete(DROPPED_ID);
    return elements;
  }
}

function literal(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
