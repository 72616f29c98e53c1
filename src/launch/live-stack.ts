import type { Stack } from 'aws-cdk-lib';
import { CfnElement, CfnOutput, CfnResource, NestedStack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ParameterLookup } from '../model/intrinsics';
import { isObject, ownValue } from '../model/intrinsics';
import { peek } from '../resources/peek';
import type { LiveLaunchResource } from './live-launch-resource';
import type { LiveTree } from './live-tree';
import type { LaunchResource, LaunchStack, Placed } from './world';

/** A stack in a construct tree. */
export class LiveStack implements LaunchStack {
  public readonly id: string;
  public readonly stage: string;
  public readonly parameters: ParameterLookup;
  private elements: ReadonlyMap<string, CfnElement> | undefined;

  public constructor(public readonly stack: Stack, private readonly tree: LiveTree) {
    this.id = stack.node.path;
    this.stage = Stage.of(stack)?.node.path ?? '';
    this.parameters = name => tree.parameters.of(this.ownerOf(name))(this.logicalIdOf(name));
  }

  public get name(): string | undefined {
    return literal(this.stack.stackName);
  }

  public get account(): string | undefined {
    return literal(this.stack.account);
  }

  public get region(): string | undefined {
    return literal(this.stack.region);
  }

  public declaredDefault(parameter: string): unknown {
    return this.tree.parameters.declaredDefault(this.ownerOf(parameter), this.logicalIdOf(parameter));
  }

  public find(name: string): LaunchResource | undefined {
    const element = this.elementOf(name);
    return element && CfnResource.isCfnResource(element) ? this.tree.resourceOf(element) : undefined;
  }

  public argument(parameter: string): Placed | undefined {
    const owner = this.ownerOf(parameter);
    const resource = NestedStack.isNestedStack(owner) ? owner.nestedStackResource : undefined;
    if (!resource) { return undefined; }
    const outer = this.tree.resourceOf(resource);
    const name = this.logicalIdOf(parameter);
    for (const { value, layer } of outer.at(['Parameters'])) {
      const argument = isObject(value) ? ownValue(value, name) : undefined;
      if (argument !== undefined) { return { value: layer.resolve(argument), stack: outer.stack }; }
    }
    return undefined;
  }

  public output(nested: LaunchResource, name: string): Placed | undefined {
    const inner = this.tree.nestedStackOf((nested as LiveLaunchResource).resource);
    const stack = inner && this.tree.stackOf(inner);
    const output = stack?.elementOf(name);
    return stack && output instanceof CfnOutput ? { value: stack.resolve(output.value), stack } : undefined;
  }

  /** What a value of this stack renders to, with references by construct path. */
  public resolve(value: unknown): unknown {
    try {
      return peek(value, this.stack, this.tree.spell);
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

  private elementsByLogicalId(): Map<string, CfnElement> {
    const elements = new Map<string, CfnElement>();
    const collect = (construct: IConstruct): void => {
      if (CfnElement.isCfnElement(construct) && construct.stack === this.stack) {
        elements.set(String(this.stack.resolve(construct.logicalId)), construct);
      }
      construct.node.children.forEach(collect);
    };
    collect(this.stack);
    return elements;
  }
}

function literal(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
