import type { IConstruct } from 'constructs';

/** The root of the tree that a construct is in; no list of scopes is made on the way. */
export function rootOf(construct: IConstruct): IConstruct {
  let root = construct;
  for (let scope = root.node.scope; scope; scope = scope.node.scope) { root = scope; }
  return root;
}
