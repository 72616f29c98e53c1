import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { npmPackage } from './npm';

/** `yarn.lock`, of all versions: a key without indentation, and what was chosen for it below. */
export function yarnLock(file: TextFile): readonly Dependency[] {
  const found: Dependency[] = [];
  let [name, version, place]: [name?: string, version?: string, line?: number] = [];
  const end = () => {
    if (name !== undefined && version !== undefined && version !== '0.0.0-use.local') {
      const line = place!;
      found.push(npmPackage(name, version, () => line));
    }
    [name, version] = [undefined, undefined];
  };
  for (const [index, line] of file.lines.entries()) {
    if (line !== '' && !/^[\s#]/.test(line)) {
      end();
      name = yarnName(line);
    }
    const [, chosen] = /^ {2}version:?\s+"?([^"\s]+)"?\s*$/.exec(line) ?? [];
    if (chosen !== undefined) { [version, place] = [chosen, index + 1]; }
    const [, resolved] = /^ {2}(?:resolution:|resolved)\s+"?([^"\s]+)"?/.exec(line) ?? [];
    if (resolved !== undefined && name !== undefined) { name = resolvedName(resolved) ?? name; }
  }
  end();
  return found;
}

/** `pnpm-lock.yaml`, of one document or more: the version is a part of the key below `packages`, in one of three forms. pnpm writes each key on a line. */
export function pnpmLock(file: TextFile): readonly Dependency[] {
  const entries: { readonly key: string; readonly line: number; name?: string; version?: string }[] = [];
  let section = '';
  for (const [index, line] of file.lines.entries()) {
    if (/^\S/.test(line)) { section = line; }
    if (!/^packages:/.test(section)) { continue; }
    const [, quoted, plain] = /^ {2}(?:\? )?(?:'([^']+)'|([^\s'?:][^:]*(?::[^\s:][^:]*)*))(?::|$)/.exec(line) ?? [];
    if (quoted !== undefined || plain !== undefined) { entries.push({ key: quoted ?? plain, line: index + 1 }); }
    const [, field, value] = /^ {4}(name|version): *'?([^\s']+)'?\s*$/.exec(line) ?? [];
    if (field !== undefined && entries.length > 0) { entries[entries.length - 1][field as 'name' | 'version'] = value; }
  }
  return entries.flatMap(({ key, line, name, version }) => {
    const [keyName, keyVersion] = pnpmKey(key);
    return keyName === undefined && name === undefined ? [] : [npmPackage(name ?? keyName ?? '', version ?? keyVersion ?? '', () => line)];
  });
}

/** `bun.lock`: JSON with commas at the end, a package on each line. */
export function bunLock(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => {
    const [, name, version] = /^\s*"[^"]+":\s*\["((?:@[^/"]+\/)?[^@"]+)@([^"]+)"/.exec(line) ?? [];
    return name === undefined || version.startsWith('workspace:') ? [] : [npmPackage(name, version, () => index + 1)];
  });
}

/** The package in a key: `aws-sdk@^2.1.0, aws-sdk@^2.3.0:` or `"sdk@npm:aws-sdk@^2.1.0":`. */
function yarnName(line: string): string | undefined {
  const first = line.replace(/^"/, '').split(/[",]/)[0];
  const alias = /@npm:((?:@[^/@]+\/)?[^@/]+)@/.exec(first);
  return alias ? alias[1] : /^((?:@[^/@]+\/)?[^@/]+)@/.exec(first)?.[1];
}

/** The package that was fetched for a key; nothing where that does not tell. */
function resolvedName(resolved: string): string | undefined {
  const ofBerry = /^((?:@[^/@]+\/)?[^@/]+)@npm:/.exec(resolved);
  return ofBerry ? ofBerry[1] : /^https:\/\/registry\.(?:yarnpkg\.com|npmjs\.org)\/((?:@[^/]+\/)?[^/]+)\/-\//.exec(resolved)?.[1];
}

/** `/aws-sdk/2.1.0`, `/aws-sdk@2.1.0(peer@1.0.0)` or `aws-sdk@2.1.0`. */
function pnpmKey(key: string): readonly [name?: string, version?: string] {
  const plain = key.split('(')[0];
  const [, name, version] = /^\/?((?:@[^/@]+\/)?[^/@]+)@(.+)$/.exec(plain) ?? /^(?:[^/@]*\/)?((?:@[^/@]+\/)?[^/@]+)\/([^/]+)$/.exec(plain) ?? [];
  return [name, version?.split('_')[0]];
}
