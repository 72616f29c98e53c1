import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import type { TextFile } from '../text-file';
import { unshippedByBun } from './bun-graph';
import { npmPackage } from './npm';
import { forDevelopmentAlone, pnpmText } from './pnpm-graph';
import { unshippedByYarn } from './yarn-graph';

/** `yarn.lock`, of all versions: a key without indentation, and the chosen version below it. A package from a folder belongs to the project. */
export function yarnLock(file: TextFile): readonly Dependency[] {
  const found: Dependency[] = [];
  let [name, version, place]: [name?: string, version?: string, line?: number] = [];
  let [isOwn, key] = [false, ''];
  const unshipped = unshippedByYarn(file);
  const end = () => {
    if (name !== undefined && version !== undefined && !isOwn) {
      const line = place!;
      found.push({ ...npmPackage(name, version, () => line), ...forDevelopment(unshipped.has(key)) });
    }
    [name, version] = [undefined, undefined];
  };
  for (const [index, line] of file.lines.entries()) {
    if (line !== '' && !/^[\s#]/.test(line)) {
      end();
      name = yarnName(line);
      key = String(index);
      isOwn = isFolder(line);
    }
    const [, chosen] = /^ {2}version:?\s+"?([^"\s]+)"?\s*$/.exec(line) ?? [];
    if (chosen !== undefined) { [version, place] = [chosen, index + 1]; }
    const [, resolved] = /^ {2}(?:resolution:|resolved)\s+"?([^"\s]+)"?/.exec(line) ?? [];
    if (resolved !== undefined && name !== undefined) { name = resolvedName(resolved) ?? name; }
  }
  end();
  return found;
}

/** A package of `pnpm-lock.yaml`: its key, and the lines below it. */
interface PnpmEntry {
  readonly key: string;
  readonly line: number;
  name?: string;
  version?: string;
  dev?: string;
}

/**
 * `pnpm-lock.yaml`, with one or more documents. The version is part of the key, in one of three forms. A package from a folder belongs to the
 * project.
 */
export function pnpmLock(file: TextFile): readonly Dependency[] {
  const unshipped = forDevelopmentAlone(file.lines);
  return pnpmEntries(file).filter(({ key }) => !isFolder(key)).flatMap(({ key, line, name, version, dev }) => {
    const [keyName, keyVersion] = pnpmKey(key);
    const isForDevelopment = dev === 'true' || unshipped.has(key);
    return keyName === undefined && name === undefined ? [] : [{ ...npmPackage(name ?? keyName ?? '', version ?? keyVersion ?? '', () => line), ...forDevelopment(isForDevelopment) }];
  });
}

/**
 * Reads the lines, because the YAML parser takes seconds for such a file. pnpm writes each key on its own line, indented by two spaces per level.
 *
 * @throws Error if pnpm did not write it
 */
function pnpmEntries({ lines }: TextFile): readonly PnpmEntry[] {
  const entries: PnpmEntry[] = [];
  let section = '';
  for (const [index, line] of lines.entries()) {
    if (/^[^\s#]/.test(line)) { section = line.trimEnd(); }
    if (section !== 'packages:') { continue; }
    const key = /^ {2}[^\s#:]/.test(line) ? pnpmText(line.slice(2)) : undefined;
    if (key !== undefined) { entries.push({ key, line: index + 1 }); }
    const [, field, value] = /^ {4}(name|version|dev): *(\S.*)$/.exec(line) ?? [];
    if (field !== undefined && entries.length > 0) { entries[entries.length - 1][field as 'name' | 'version' | 'dev'] = pnpmText(value); }
  }
  const isOfPnpm = entries.length > 0 || (lines.some(line => /^(?:lockfile|shrinkwrap)Version:/.test(line)) && !lines.some(line => /^packages:(?! *\{\})/.test(line)));
  if (!isOfPnpm) { throw new Error('pnpm did not write it, or wrote it in an unknown format'); }
  return entries;
}

/** `bun.lock`: JSON with trailing commas, and a package on each line. A package from a folder belongs to the project. */
export function bunLock(file: TextFile): readonly Dependency[] {
  const unshipped = unshippedByBun(file.text);
  return file.lines.flatMap((line, index) => {
    const [, key, name, version] = /^\s*"([^"]+)":\s*\["((?:@[^/"]+\/)?[^@"]+)@([^"]+)"/.exec(line) ?? [];
    return name === undefined || isFolder(`@${version}`) ? [] : [{ ...npmPackage(name, version, () => index + 1), ...forDevelopment(unshipped.has(key)) }];
  });
}

/**
 * `bun.lockb`, the binary lock file before `bun.lock`.
 *
 * @throws Error if it may name an SDK, and there is no text lock file beside it
 */
export function bunBinaryLock(file: TextFile): readonly Dependency[] {
  const hasTextLock = ['bun.lock', 'yarn.lock'].some(name => file.near(name) !== undefined);
  if (!hasTextLock && /aws-sdk|smithy/.test(file.text)) { throw new Error('it is binary: bun writes it as text with --save-text-lockfile'); }
  return [];
}

/** Whether a key is for a folder, and not for an archive. */
function isFolder(key: string): boolean {
  return /(?:^|@)(?:file|link|portal|workspace):/.test(key) && !/\.t(?:ar\.)?gz/.test(key);
}

/** The package in a key: `aws-sdk@^2.1.0, aws-sdk@^2.3.0:` or `"sdk@npm:aws-sdk@^2.1.0":`. */
function yarnName(line: string): string | undefined {
  const first = line.replace(/^"/, '').split(/[",]/)[0];
  const alias = /@npm:((?:@[^/@]+\/)?[^@/]+)@/.exec(first);
  return alias ? alias[1] : /^((?:@[^/@]+\/)?[^@/]+)@/.exec(first)?.[1];
}

/** The package in a `resolved` URL. `undefined` if the URL does not show it. */
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
