/** Paths in the metadata of a resource, not in its properties. */
export const IN_METADATA = 'AWS::CloudFormation::Init';

/** Where something is in a resource, with the path below its properties, or below its metadata. */
export function locationOf(path: string): string {
  if (path.startsWith(IN_METADATA)) { return `Metadata.${path}`; }
  return path === '' || path === 'Properties' ? 'Properties' : `Properties.${path}`;
}
