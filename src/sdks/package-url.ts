import { PackageURL } from './vendor/packageurl-js.generated';

/** The parts of a package URL, such as `pkg:maven/group/name@1.0?type=jar#path`. */
export interface PackageUrl {
  /** The type, in lower case. */
  readonly type: string;
  /** The part before the name, without the slash between them. Empty if there is none. */
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
}

/** Parses a package URL. `undefined` if it is not one. */
export function packageUrl(text: string): PackageUrl | undefined {
  try {
    const { type, namespace = '', name, version } = PackageURL.fromString(text.trim());
    return { type, namespace, name, version };
  } catch {
    return undefined;
  }
}

/** The name of a package in its ecosystem. In Maven, it has the group before a colon. For distributions, the namespace is left out. */
export function nameIn(ecosystem: string, namespace: string, name: string): string {
  if (namespace === '' || ['deb', 'rpm', 'apk'].includes(ecosystem)) { return name; }
  return ecosystem === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}
