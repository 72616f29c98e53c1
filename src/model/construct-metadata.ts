import type { IConstruct, MetadataEntry } from 'constructs';

interface Internals {
  readonly _metadata?: readonly MetadataEntry[];
}

/**
 * The metadata on a construct, without a copy.
 *
 * `node.metadata` creates a new list each time, which is expensive for all constructs of an app. The list behind it is private to `constructs`. If it
 * is missing, for example on a construct without metadata, the public list is used.
 */
export function metadataOf({ node }: IConstruct): readonly MetadataEntry[] {
  return (node as unknown as Internals)._metadata ?? node.metadata;
}

/** Whether a construct itself has metadata of a type. It creates no list. */
export function isMetadataOn(construct: IConstruct, type: string): boolean {
  const entries = metadataOf(construct);
  for (let index = 0; index < entries.length; index++) {
    if (entries[index].type === type) { return true; }
  }
  return false;
}
