import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { LiveLaunchResource } from '../launch/live-launch-resource';
import { LiveTree } from '../launch/live-tree';
import type { TreeCensus } from '../launch/tree-census';
import type { LaunchResource } from '../launch/world';
import { Scene } from './scene';

/** A scene in a construct tree, where a construct stands behind every resource. */
export class LiveScene extends Scene {
  /** Reads the tree of a construct, as it is now. */
  public static around(construct: IConstruct, earlier?: LiveScene): LiveScene {
    const { root } = construct.node;
    return new LiveScene(new LiveTree(root, earlier?.countedIn(root)));
  }

  /** Reads the tree of a construct that no aspect changes any more. */
  public static settled(construct: IConstruct): LiveScene {
    return new LiveScene(new LiveTree(construct.node.root, undefined, 'settled'));
  }

  /** Reads the tree of a construct that is synthesized: CDK has rendered every resource. */
  public static synthesized(construct: IConstruct): LiveScene {
    return new LiveScene(new LiveTree(construct.node.root, undefined, 'synthesized'));
  }

  private constructor(private readonly tree: LiveTree) {
    super(tree);
  }

  /** Whether the resource was there when the tree was read. */
  public knows(resource: CfnResource): boolean {
    return this.tree.knows(resource);
  }

  /** The resource as the launch graph sees it. */
  public resourceOf(resource: CfnResource): LaunchResource {
    return this.tree.resourceOf(resource);
  }

  /** Reads a resource anew from now on: something was written into it. */
  public forget(resource: CfnResource): void {
    this.tree.resourceOf(resource).forget();
  }

  /** The construct behind what the launch graph sees. */
  public constructOf(resource: LaunchResource): CfnResource {
    return (resource as LiveLaunchResource).resource;
  }

  /** What was counted in the tree of a root, if this is that one. */
  private countedIn(root: IConstruct): TreeCensus | undefined {
    return this.tree.census.root === root ? this.tree.census : undefined;
  }
}

/**
 * The scene for one resource after another: read once for a pass over a tree, and anew where the pass begins again or meets something new.
 */
export class Scenery {
  private scene: LiveScene | undefined;
  private readonly met = new Set<CfnResource>();

  /** The scene that a resource stands in. */
  public around(resource: CfnResource): LiveScene {
    if (!this.scene?.knows(resource) || this.met.has(resource)) {
      this.scene = LiveScene.around(resource, this.scene);
      this.met.clear();
    }
    this.met.add(resource);
    return this.scene;
  }
}
