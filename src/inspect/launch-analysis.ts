import { ContainerHosts } from '../launch/container-hosts';
import { Images } from '../launch/images';
import { LaunchGraph } from '../launch/launch-graph';
import type { LaunchWorld } from '../launch/world';
import { ScriptScans } from '../userdata/properties/placed-calls';
import { LaunchFindings } from './launches';
import { Preconditions } from './preconditions';

/** The launches in a construct tree or in templates, and the analyses that need them. */
export class LaunchAnalysis {
  public readonly graph: LaunchGraph;
  public readonly hosts: ContainerHosts;
  public readonly images: Images;
  public readonly preconditions: Preconditions;
  public readonly launches: LaunchFindings;
  public readonly scripts = new ScriptScans();

  public constructor(world: LaunchWorld) {
    this.graph = new LaunchGraph(world);
    this.hosts = new ContainerHosts(this.graph);
    this.images = new Images(this.graph);
    this.preconditions = new Preconditions(this.graph, this.hosts);
    this.launches = new LaunchFindings(this.graph);
  }
}
