import { CfnOutput, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { LiveResource } from '../resources/live-resource';
import { networkRecordOf, recordOf } from '../resources/record-table';

/**
 * What is in a construct tree, for the launch graph.
 *
 * It is counted anew when that is asked for, as a mixin does on every construct that comes by. What was seen before is not looked at again then.
 */
export class TreeCensus {
  /** The resources of the types that have a record, and those that give subnets IPv6. */
  public readonly resources: CfnResource[] = [];
  /** Those of the resources that may launch from another one. */
  public readonly launchers: CfnResource[] = [];
  public readonly outputs: CfnOutput[] = [];
  public readonly stacks: Stack[] = [];
  public readonly nestedStacks = new Map<CfnResource, NestedStack>();
  private readonly seen = new Set<IConstruct>();

  public constructor(public readonly root: IConstruct) {}

  /** Counts the tree as it is now; `undefined` where something that was seen is not there any more. */
  public refreshed(): this | undefined {
    return this.count(this.root) === this.seen.size ? this : undefined;
  }

  /** Whether a construct was seen. */
  public has(construct: IConstruct): boolean {
    return this.seen.has(construct);
  }

  /** How many constructs there are in a subtree. */
  private count(construct: IConstruct): number {
    if (!this.seen.has(construct)) {
      this.seen.add(construct);
      this.note(construct);
    }
    let total = 1;
    for (const child of construct.node.children) { total += this.count(child); }
    return total;
  }

  private note(construct: IConstruct): void {
    if (CfnResource.isCfnResource(construct)) {
      const type = LiveResource.typeOf(construct);
      const known = recordOf(type);
      if (known ?? networkRecordOf(type)?.givesIpv6To) { this.resources.push(construct); }
      if (known?.launchesFrom) { this.launchers.push(construct); }
    } else if (construct instanceof CfnOutput) {
      this.outputs.push(construct);
    } else if (Stack.isStack(construct)) {
      this.stacks.push(construct);
      const resource = NestedStack.isNestedStack(construct) ? construct.nestedStackResource : undefined;
      if (resource) { this.nestedStacks.set(resource as CfnResource, construct as NestedStack); }
    }
  }
}
