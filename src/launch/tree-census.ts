import { CfnOutput, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { LiveResource } from '../resources/live-resource';
import { plainL1Of } from '../resources/plain-l1';
import { networkRecordOf, recordOf } from '../resources/record-table';
import { LiveReferences } from './live-references';
import { SortedLaunchers } from './sorted-launchers';
import { TreeGrowth } from './tree-growth';

/** The walks of a tree before it is watched: aspects need one or two, mixins one for each construct. */
const WALKS = 3;

/** The censuses of trees, by their roots. */
const KEPT = new WeakMap<IConstruct, TreeCensus>();

/** The constructs of a tree that the launch graph needs. */
export class TreeCensus {
  /**
   * The census of the current tree.
   *
   * It is cached and updated on each use, for example by a mixin for each construct. Known constructs are not read again.
   */
  public static current(root: IConstruct): TreeCensus {
    const kept = KEPT.get(root);
    const census = kept?.refreshed() ?? new TreeCensus(root, kept?.growth);
    KEPT.set(root, census);
    return census;
  }

  /** The resources of the types that have a record, and those that give subnets IPv6. */
  public readonly resources: CfnResource[] = [];
  /** Those of the resources that may launch from another one. */
  public readonly launchers: CfnResource[] = [];
  /** The launchers, by their source. */
  public readonly sortedLaunchers: SortedLaunchers;
  public readonly outputs: CfnOutput[] = [];
  /** The CloudFront distributions. They name functions that are otherwise not recognizable. */
  public readonly distributions: CfnResource[] = [];
  public readonly stacks: Stack[] = [];
  public readonly nestedStacks = new Map<CfnResource, NestedStack>();
  /** A seen construct, and the number of those before it. */
  private readonly seen = new Map<IConstruct, number>();
  private walks = 1;

  /**
   * Counts a tree.
   *
   * @param growth reports what is added to the tree, if it is watched
   */
  public constructor(private readonly root: IConstruct, private growth?: TreeGrowth) {
    growth?.taken();
    this.sortedLaunchers = new SortedLaunchers(this.launchers, LiveReferences.in(root));
    this.count(root);
  }

  /** The number of seen constructs. */
  public get size(): number {
    return this.seen.size;
  }

  /** The number of constructs that were seen before this one. */
  public orderOf(construct: IConstruct): number {
    return this.seen.get(construct) ?? Infinity;
  }

  /** Whether a construct was seen when there was this number of constructs. */
  public has(construct: IConstruct, size = this.size): boolean {
    return this.orderOf(construct) < size;
  }

  /** Counts what came since; `undefined` where something that was seen is not there any more. */
  public refreshed(): this | undefined {
    if (this.growth) {
      const added = this.growth.taken();
      added?.forEach(construct => this.count(construct));
      return added && this;
    }
    if (this.count(this.root) !== this.seen.size) { return undefined; }
    this.walks += 1;
    if (this.walks === WALKS && TreeGrowth.isHeard) { this.watch(); }
    return this;
  }

  private watch(): void {
    this.growth = new TreeGrowth();
    for (const construct of this.seen.keys()) { this.growth.watch(construct); }
  }

  /** The number of constructs in a subtree, from the top down like `findAll()`. */
  private count(top: IConstruct): number {
    let total = 0;
    const left = [top];
    for (let construct = left.pop(); construct; construct = left.pop()) {
      total += 1;
      if (!this.seen.has(construct)) {
        this.seen.set(construct, this.seen.size);
        this.growth?.watch(construct);
        this.note(construct);
      }
      const { children } = construct.node;
      for (let index = children.length - 1; index >= 0; index--) { left.push(children[index]); }
    }
    return total;
  }

  private note(construct: IConstruct): void {
    if (CfnResource.isCfnResource(construct)) {
      const plain = plainL1Of(construct);
      if (plain) {
        this.resources.push(construct);
        if (plain.record.launchesFrom) { this.launchers.push(construct); }
        return;
      }
      const type = LiveResource.typeOf(construct);
      const known = recordOf(type);
      if (known ?? networkRecordOf(type)?.givesIpv6To) { this.resources.push(construct); }
      if (known?.launchesFrom) { this.launchers.push(construct); }
      if (type === 'AWS::CloudFront::Distribution') { this.distributions.push(construct); }
    } else if (construct instanceof CfnOutput) {
      this.outputs.push(construct);
    } else if (Stack.isStack(construct)) {
      this.stacks.push(construct);
      const resource = NestedStack.isNestedStack(construct) ? construct.nestedStackResource : undefined;
      if (resource) { this.nestedStacks.set(resource as CfnResource, construct as NestedStack); }
    }
  }
}
