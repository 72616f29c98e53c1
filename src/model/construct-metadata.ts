import type { IConstruct, MetadataEntry } from 'constructs';

/**
 * The metadata on a construct, as it is.
 *
 * `node.metadata` makes a list of it anew each time, which is most of the work where every construct is asked. The list behind it is what `constructs`
 * keeps to itself: where it is not there, as on a construct without metadata, the public one answers.
 */
export function metadataOf({ node }: IConstruct): readonly MetadataEntry[] {
  return (node as unknown as { readonly _metadata?: readonly MetadataEntry[] })._metadata ?? node.metadata;
}
