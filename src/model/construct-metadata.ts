import type { IConstruct, MetadataEntry } from 'constructs';

interface Internals {
  readonly _metadata?: readonly MetadataEntry[];
}

/**
 * The metadata on a construct, as it is.
 *
 * `node.metadata` makes a list of it anew each time, which is most of the work where every construct is asked. The list behind it is what `constructs`
 * keeps to itself: where it is not there, as on a construct without metadata, the public one answers.
 */
export function metadataOf({ node }: IConstruct): readonly MetadataEntry[] {
  return (node as unknown as Internals)._metadata ?? node.metadata;
}

/** Whether a construct itself has metadata of a type. No list is made to know it. */
export function isMetadataOn(construct: IConstruct, type: string): boolean {
  const entries = metadataOf(construct);
  for (let index = 0; index < entries.length; index++) {
    if (entries[index].type === type) { return true; }
  }
  return false;
}

/** Whether a construct, or a scope above it, has metadata of a type. */
export function isMetadataAbove(construct: IConstruct, type: string): boolean {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    if (metadataOf(scope).length > 0 && isMetadataOn(scope, type)) { return true; }
  }
  return false;
}
