import { PackageURL } from './vendor/packageurl-js.generated';

/** What a package URL says, such as `pkg:maven/group/name@1.0?type=jar#path`. */
export interface PackageUrl {
  /** In small letters. */
  readonly type: string;
  /** What stands before the name, without the slash between them; empty where nothing does. */
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
}

/** Takes a package URL apart; nothing where it is none. */
export function packageUrl(text: string): PackageUrl | undefined {
  try {
    const { type, namespace = '', name, version } = PackageURL.fromString(text.trim());
    return { type, namespace, name, version };
  } catch {
    return undefined;
  }
}

/** A name as its ecosystem has it: Maven's after a colon, and those of distributions without what stands before. */
export function nameIn(ecosystem: string, namespace: string, name: string): string {
  if (namespace === '' || ['deb', 'rpm', 'apk'].includes(ecosystem)) { return name; }
  return ecosystem === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}
