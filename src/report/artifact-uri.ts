/** The URI of a file in SARIF: relative to the source root, or absolute. */
export interface ArtifactUri {
  readonly uri: string;
  readonly uriBaseId?: string;
}

/** The name of the source root that SARIF viewers know. Relative URIs start there. */
export const SOURCE_ROOT = '%SRCROOT%';

/** A path in the form of URIs: slashes instead of backslashes, no `./` at the start, no `/` at the end. */
export function slashed(directory: string): string {
  const path = directory.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, '').replace(/(?<!\/)\/+$/, '');
  return path === '.' ? '' : path;
}

/** Whether a path starts at a root or with a drive letter. */
export function isAbsolute(directory: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(directory);
}

/** The URI of a file in a directory. */
export function artifactUri(directory: string, file: string): ArtifactUri {
  const path = slashed(directory);
  if (isAbsolute(directory)) { return { uri: `${fileScheme(path)}${encoded(path, isDrive)}/${encoded(file)}` }; }
  return { uri: path === '' ? encoded(file) : `${encoded(path)}/${encoded(file)}`, uriBaseId: SOURCE_ROOT };
}

/** The prefix of an absolute path in a URI. A path on a network share already has the two slashes before its host. */
function fileScheme(path: string): string {
  if (path.startsWith('//')) { return 'file:'; }
  return isDrive(path.split('/')[0]) ? 'file:///' : 'file://';
}

function isDrive(segment: string): boolean {
  return /^[A-Za-z]:$/.test(segment);
}

/** Percent-encodes a path. A lone surrogate, which no URI can contain, becomes U+FFFD. */
function encoded(path: string, keeps: (segment: string) => boolean = () => false): string {
  return path.split('/').map(segment => keeps(segment) ? segment : encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD'))).join('/');
}
