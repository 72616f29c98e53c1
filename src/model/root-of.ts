import type { IConstruct } from 'constructs';

/** The root of the tree of a construct. It creates no list of scopes. */
export function rootOf(construct: IConstruct): IConstruct {
  let root = construct;
  for (let scope = root.node.scope; scope; scope = scope.node.scope) { root = scope; }
  return root;
}
