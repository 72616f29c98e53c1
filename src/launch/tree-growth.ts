import type { IConstruct } from 'constructs';
import { Construct, RootConstruct } from 'constructs';

/** The ways in which a node gets its children and loses them. `addChild()` is what `constructs` keeps to itself: see `isHeard`. */
interface Parent {
  addChild(child: IConstruct, id: string): void;
  tryRemoveChild(id: string): boolean;
}

/** Hears of what is added to a construct tree: who comes by thousands of constructs, one after the other, need not look through all of the tree each time. */
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

  /** What was added since this was asked the last time, to constructs that are watched; `undefined` where something was taken out. */
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

/** Puts a method before the one that an object has: nobody meets it who lists the properties of the object. */
function shadow<Name extends keyof Parent>(node: Parent, name: Name, method: Parent[Name]): void {
  Object.defineProperty(node, name, { value: method, enumerable: false, configurable: true, writable: true });
}
