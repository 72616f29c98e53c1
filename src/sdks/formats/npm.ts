import { isObject } from '../../model/intrinsics';
import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { pinned, required } from '../version-range';
import { JsonFile, entriesOf, textIn } from './json';

/** `package-lock.json` and `npm-shrinkwrap.json`: a list of places since version 2, a tree before. */
export function npmLock(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  const packages = json.at('packages');
  return isObject(packages) ? entriesOf(packages).flatMap(([place, entry]) => installed(json, place, entry)) : inTree(json);
}

/** `package.json`: of an installed package what it is, of another one what it asks for. */
export function npmManifest(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  const [name, version] = [textIn(json.content, 'name'), textIn(json.content, 'version')];
  const own = name !== undefined && version !== undefined ? [npmPackage(name, version, () => json.lineOf(['version']))] : [];
  const isInstalled = `/${file.path}`.includes('/node_modules/');
  return isInstalled ? own : [...own, ...['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies', 'resolutions', 'overrides']
    .flatMap(section => entriesOf(json.at(section)).flatMap(([key, range]) => npmRequirement(key, range, () => json.lineOf([section, key]))))];
}

/** A package as it stands in a lock file; nothing where the version is that of a folder or a link. */
export function npmPackage(name: string, version: string, line: () => number): Dependency {
  const alias = /^npm:(.+)@([^@]+)$/.exec(version);
  return alias ? npmPackage(alias[1], alias[2], line) : { ecosystem: 'npm', name, ...required(version), line };
}

function installed(json: JsonFile, place: string, entry: unknown): readonly Dependency[] {
  const after = place.lastIndexOf('node_modules/');
  const name = textIn(entry, 'name') ?? (after === -1 ? undefined : place.slice(after + 'node_modules/'.length));
  const version = textIn(entry, 'version');
  return name === undefined || version === undefined ? [] : [npmPackage(name, version, () => json.lineOf(['packages', place, 'version']))];
}

/** Version 1: what a package needs in another version than the others stands below it. */
function inTree(json: JsonFile): readonly Dependency[] {
  const found: Dependency[] = [];
  const open: { readonly path: readonly string[]; readonly tree: unknown }[] = [{ path: ['dependencies'], tree: json.at('dependencies') }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const [name, entry] of entriesOf(next.tree)) {
      const path = [...next.path, name];
      const version = textIn(entry, 'version');
      if (version !== undefined) { found.push(npmPackage(name, version, () => json.lineOf([...path, 'version']))); }
      if (isObject(entry) && isObject(entry.dependencies)) { open.push({ path: [...path, 'dependencies'], tree: entry.dependencies }); }
    }
  }
  return found;
}

/** What a manifest or a command asks for: `npm:` gives the package another name. */
export function npmRequirement(key: string, range: unknown, line: () => number): readonly Dependency[] {
  if (typeof range !== 'string') { return []; }
  const [, alias, of] = /^npm:((?:@[^/@]+\/)?[^@/]+)(?:@(.*))?$/.exec(range) ?? [];
  const wanted = alias === undefined ? range : of ?? '';
  const version = pinned(wanted);
  return [{ ecosystem: 'npm', name: alias ?? key.replace(/^.*\*\*\//, ''), ...version === undefined ? required(wanted, 'range') : { version }, line }];
}
