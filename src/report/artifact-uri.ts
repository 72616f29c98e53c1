/** Where a file is, for a SARIF viewer: relative to the root of the sources, or absolute. */
export interface ArtifactUri {
  readonly uri: string;
  readonly uriBaseId?: string;
}

/** What relative addresses begin at, by the name that viewers know. */
export const SOURCE_ROOT = '%SRCROOT%';

/** A path as it is written in an address, with no `./` before it, no `/` after it, and no backslashes of Windows. */
export function slashed(directory: string): string {
  const path = directory.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, '').replace(/(?<!\/)\/+$/, '');
  return path === '.' ? '' : path;
}

/** Whether a path begins at a root or at a drive. */
export function isAbsolute(directory: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(directory);
}

/** The address of a file below a directory. */
export function artifactUri(directory: string, file: string): ArtifactUri {
  const path = slashed(directory);
  if (isAbsolute(directory)) { return { uri: `${fileScheme(path)}${encoded(path, isDrive)}/${encoded(file)}` }; }
  return { uri: path === '' ? encoded(file) : `${encoded(path)}/${encoded(file)}`, uriBaseId: SOURCE_ROOT };
}

/** What stands before an absolute path: a path of a share brings the slashes of its host along, one that begins with a drive has none. */
function fileScheme(path: string): string {
  if (path.startsWith('//')) { return 'file:'; }
  return isDrive(path.split('/')[0]) ? 'file:///' : 'file://';
}

function isDrive(segment: string): boolean {
  return /^[A-Za-z]:$/.test(segment);
}

/** The path with every character encoded that may not stand in an address; half a character, which no address can have, becomes a mark. */
function encoded(path: string, keeps: (segment: string) => boolean = () => false): string {
  return path.split('/').map(segment => keeps(segment) ? segment : encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD'))).join('/');
}
