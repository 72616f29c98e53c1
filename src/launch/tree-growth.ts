import type { IConstruct } from 'constructs';
import { Construct, RootConstruct } from 'constructs';

/** The ways in which a node gets its children and loses them. `addChild()` is what `constructs` keeps to itself: see `isHeard`. */
interface Parent {
  addChild(child: IConstruct, id: string): void;
  tryRemoveChild(id: string): boolean;
}

/** Reports constructs that are added to a tree, so that a caller for thousands of constructs need not search all of it each time. */
export class TreeGrowth {
  /** Whether something is heard at all. Another version of `constructs` may add children in another way. */
  public static get isHeard(): boolean {
    const [root, growth] = [new RootConstruct(), new TreeGrowth()];
    growth.watch(root);
    const child = new Construct(root, 'Child');
    return growth.taken()?.[0] === child;
  }

  private added: IConstruct[] = [];
  private isCut = false;
  private readonly watched = new WeakSet<IConstruct>();

  /** The constructs that were added since the last call, below watched constructs; `undefined` if one was removed. */
  public taken(): readonly IConstruct[] | undefined {
    const { added, isCut } = this;
    [this.added, this.isCut] = [[], false];
    return isCut ? undefined : added;
  }

  /** Watches the children of a construct from now on. */
  public watch(construct: IConstruct): void {
    if (this.watched.has(construct)) { return; }
    this.watched.add(construct);
    const node = construct.node as unknown as Parent;
    const { addChild, tryRemoveChild } = node;
    shadow(node, 'addChild', (child, id) => {
      addChild.call(node, child, id);
      this.added.push(child);
    });
    shadow(node, 'tryRemoveChild', id => {
      const isRemoved = tryRemoveChild.call(node, id);
      this.isCut ||= isRemoved;
      return isRemoved;
    });
  }
}

/** Overrides a method of an object. The new property is not enumerable. */
function shadow<Name extends keyof Parent>(node: Parent, name: Name, method: Parent[Name]): void {
  Object.defineProperty(node, name, { value: method, enumerable: false, configurable: true, writable: true });
}
