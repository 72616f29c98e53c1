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
  const [, type, rest = ''] = /^pkg:\/*([a-z][a-z0-9.+-]*)\/+([^?#]+)/i.exec(text.trim()) ?? [];
  if (type === undefined) { return undefined; }
  const at = rest.lastIndexOf('@');
  const isVersion = at > 0 && rest[at - 1] !== '/' && !rest.includes('/', at);
  const path = decoded(isVersion ? rest.slice(0, at) : rest)?.replace(/\/+$/, '');
  const version = isVersion ? decoded(rest.slice(at + 1)) : undefined;
  if (!path) { return undefined; }
  const slash = path.lastIndexOf('/');
  return { type: type.toLowerCase(), namespace: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1), version: version === '' ? undefined : version };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A name as its ecosystem has it: Maven's after a colon, and those of distributions without what stands before. */
export function nameIn(ecosystem: string, namespace: string, name: string): string {
  if (namespace === '' || ['deb', 'rpm', 'apk'].includes(ecosystem)) { return name; }
  return ecosystem === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}
