import type { CfnResource, Reference } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { LiveLaunchResource } from '../launch/live-launch-resource';
import { LiveTree } from '../launch/live-tree';
import { PlainTexts } from '../launch/plain-texts';
import type { LaunchResource } from '../launch/world';
import type { PlainL1 } from '../resources/plain-l1';
import { LaunchAnalysis } from './launch-analysis';

/** The analysis of a construct tree, in which every resource has a construct. */
export class TreeAnalysis extends LaunchAnalysis {
  /** Reads the tree of a construct, as it is now. */
  public static of(construct: IConstruct): TreeAnalysis {
    return new TreeAnalysis(new LiveTree(construct.node.root));
  }

  /** Reads the tree of a construct that no aspect changes any more. */
  public static settled(construct: IConstruct): TreeAnalysis {
    return new TreeAnalysis(new LiveTree(construct.node.root, 'settled'));
  }

  /** Reads the tree of a construct that is synthesized: CDK has rendered every resource. */
  public static synthesized(construct: IConstruct): TreeAnalysis {
    return new TreeAnalysis(new LiveTree(construct.node.root, 'synthesized'));
  }

  /** The texts of plain resources. The silent ones neither show containers nor call the metadata service. */
  public readonly texts: PlainTexts;

  private constructor(private readonly tree: LiveTree) {
    super(tree);
    this.texts = new PlainTexts(stack => tree.stackOf(stack), text => this.scripts.isSilent(text));
  }

  /** The resources of the tree that have to do with instances. */
  public get resources(): readonly CfnResource[] {
    return this.tree.census.resources;
  }

  /** Whether the resource was there when the tree was read. */
  public knows(resource: CfnResource): boolean {
    return this.tree.knows(resource);
  }

  /** Whether a resource may launch from something that came to the tree after it was read. */
  public mayLackSourceOf(resource: CfnResource): boolean {
    return this.tree.mayLackSourceOf(resource);
  }

  /** The resource as the launch graph sees it. */
  public resourceOf(resource: CfnResource): LaunchResource {
    return this.tree.resourceOf(resource);
  }

  /** Whether a plain resource certainly launches from nothing, and nothing launches from it. */
  public isAlone(resource: CfnResource, l1: PlainL1): boolean {
    return this.tree.isAlone(resource, l1);
  }

  /** Whether containers run on the instances of a resource. Most resources show nothing, and need no object. */
  public isContainerHost(resource: CfnResource): boolean {
    const isSilent = this.hosts.noResourceIndicatesContainers && this.tree.isSilent(resource);
    return !isSilent && this.hosts.verdictOn(this.resourceOf(resource)).isContainerHost;
  }

  /** The reference, if a value in the tree is only a reference. */
  public referenceIn(value: unknown): Reference | undefined {
    return this.tree.referenceIn(value);
  }

  /** Reads a resource anew from now on: something was written into it. */
  public forget(resource: LaunchResource): void {
    (resource as LiveLaunchResource).forget();
  }

  /** The construct behind what the launch graph sees. */
  public constructOf(resource: LaunchResource): CfnResource {
    return (resource as LiveLaunchResource).resource;
  }
}

/** The analysis of a tree for one resource after another: made once for a pass over it, and again where the pass begins anew or meets something new. */
export class CurrentAnalysis {
  private analysis: TreeAnalysis | undefined;
  private readonly met = new Set<CfnResource>();

  /** The analysis of the tree that a resource is in. */
  public at(resource: CfnResource): TreeAnalysis {
    if (!this.analysis?.knows(resource) || this.met.has(resource) || this.analysis.mayLackSourceOf(resource)) {
      this.analysis = TreeAnalysis.of(resource);
      this.met.clear();
    }
    this.met.add(resource);
    return this.analysis;
  }
}
