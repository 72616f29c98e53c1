/** Where something is in a resource, with the path below its properties. */
export function locationOf(path: string): string {
  return path === '' || path === 'Properties' ? 'Properties' : `Properties.${path}`;
}
