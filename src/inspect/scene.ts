import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ContainerHosts } from '../launch/container-hosts';
import { LaunchGraph } from '../launch/launch-graph';
import type { LiveLaunchResource } from '../launch/live-launch-resource';
import { LiveTree } from '../launch/live-tree';
import type { LaunchResource } from '../launch/world';
import { LaunchFindings } from './launches';
import { Preconditions } from './preconditions';

/** Who launches from what in a construct tree, and what follows from it. */
export class Scene {
  /** Reads the tree of a construct, as it is now. */
  public static around(construct: IConstruct): Scene {
    return new Scene(new LiveTree(construct.node.root));
  }

  public readonly graph: LaunchGraph;
  public readonly hosts: ContainerHosts;
  public readonly preconditions: Preconditions;
  public readonly launches: LaunchFindings;

  private constructor(private readonly tree: LiveTree) {
    this.graph = new LaunchGraph(tree);
    this.hosts = new ContainerHosts(this.graph);
    this.preconditions = new Preconditions(this.graph, this.hosts);
    this.launches = new LaunchFindings(this.graph);
  }

  /** Whether the resource was there when the tree was read. */
  public knows(resource: CfnResource): boolean {
    return this.tree.knows(resource);
  }

  /** The resource as the launch graph sees it. */
  public resourceOf(resource: CfnResource): LaunchResource {
    return this.tree.resourceOf(resource);
  }

  /** The construct behind what the launch graph sees. */
  public constructOf(resource: LaunchResource): CfnResource {
    return (resource as LiveLaunchResource).resource;
  }
}

/**
 * The scene for one resource after another: read once for a pass over a tree, and anew where the pass begins again or meets something new.
 */
export class Scenery {
  private scene: Scene | undefined;
  private readonly met = new Set<CfnResource>();

  /** The scene that a resource stands in. */
  public around(resource: CfnResource): Scene {
    if (!this.scene?.knows(resource) || this.met.has(resource)) {
      this.scene = Scene.around(resource);
      this.met.clear();
    }
    this.met.add(resource);
    return this.scene;
  }
}
