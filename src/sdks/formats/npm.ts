import { isObject } from '../../model/intrinsics';
import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import type { TextFile } from '../text-file';
import { pinned, required } from '../version-range';
import { JsonFile, entriesOf, textIn } from './json';

/** A source of an SDK itself, and not of another package with the same name. */
const OF_AWS = /github\.com[/:](?:aws|smithy-lang)\/|^"(?:github:)?(?:aws|smithy-lang)\//;

/** A version with three numbers. With fewer numbers, npm accepts any version that starts with them. */
const EXACT = /^[=v\s]*\d+\.\d+\.\d/;

/** The most folders above a manifest that are searched. */
const MOST_ABOVE = 6;

/** The deepest nesting of keys in a tree of packages. */
const DEEPEST = 400;

/** `package-lock.json` and `npm-shrinkwrap.json`: a list of paths since version 2, a tree in version 1. */
export function npmLock(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  const packages = json.at('packages');
  return isObject(packages) ? entriesOf(packages).flatMap(([place, entry]) => installed(json, place, entry)) : inTree(json);
}

/** `package.json`: the package itself if it is an SDK, else its dependencies. */
export function npmManifest(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  const [name, version] = [textIn(json.content, 'name'), textIn(json.content, 'version')];
  const isInstalled = `/${file.path}`.includes('/node_modules/');
  const isOfAws = isInstalled || (json.at('private') !== true && (name?.startsWith('@') || OF_AWS.test(JSON.stringify(json.at('repository') ?? ''))));
  const own = isOfAws && name !== undefined && version !== undefined ? [npmPackage(name, version, () => json.lineOf(['version']))] : [];
  return isInstalled ? own : [...own, ...requestedIn(json).filter(({ range }) => !range?.startsWith('catalog:') || !hasCatalog(file))];
}

/** Whether a workspace above has catalogs, which contain the versions that manifests leave out. */
function hasCatalog(file: TextFile): boolean {
  return Array.from({ length: MOST_ABOVE }, (_, above) => `${'../'.repeat(above)}pnpm-workspace.yaml`).some(path => file.near(path) !== undefined);
}

function requestedIn(json: JsonFile): readonly Dependency[] {
  const plain = ['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies']
    .flatMap(section => entriesOf(json.at(section)).flatMap(([name, range]) => npmRequirement(name, range, () => json.lineOf([section, name]))
      .map((dependency): Dependency => ({ ...dependency, ...forDevelopment(section === 'devDependencies') }))));
  return [...plain, ...[['resolutions'], ['overrides'], ['pnpm', 'overrides']].flatMap(path => overriddenIn(json, path, json.at(...path)))];
}

/** The overrides, also those for one package alone, which are nested below its name. */
function overriddenIn(json: JsonFile, path: readonly string[], overrides: unknown): readonly Dependency[] {
  if (path.length > DEEPEST) { throw new Error('it is nested too deep'); }
  return entriesOf(overrides).flatMap(([key, value]) => {
    const place = [...path, key];
    if (isObject(value)) { return overriddenIn(json, place, value); }
    const name = overriddenName(key === '.' ? path[path.length - 1] : key);
    return npmRequirement(name, value, () => json.lineOf(place));
  });
}

/** The package that the key of an override is about: `tool/aws-sdk`, `tool>aws-sdk@2`. */
export function overriddenName(key: string): string {
  const [name, scope = ''] = key.split(/(?<=[^ |@])>/).slice(-1)[0].split('/').reverse();
  const [, plain = ''] = /^([^@]*)/.exec(name) ?? [];
  return scope.startsWith('@') ? `${scope}/${plain}` : plain;
}

/** A package in a lock file. It has no version if it is a folder or a link. */
export function npmPackage(name: string, version: string, line: () => number): Dependency {
  const alias = /^npm:(.+)@([^@]+)$/.exec(version);
  return alias ? npmPackage(alias[1], alias[2], line) : { ecosystem: 'npm', name, ...required(version), line };
}

/** A path without `node_modules` is a package of the project. */
function installed(json: JsonFile, place: string, entry: unknown): readonly Dependency[] {
  const after = place.lastIndexOf('node_modules/');
  const name = textIn(entry, 'name') ?? place.slice(after + 'node_modules/'.length);
  const version = textIn(entry, 'version');
  return after === -1 || version === undefined ? [] : [{ ...npmPackage(name, version, () => json.lineOf(['packages', place, 'version'])), ...ofEntry(entry) }];
}

/** Whether an entry of a lock file is needed only for development. */
function ofEntry(entry: unknown): Pick<Dependency, 'notOnInstance'> {
  return forDevelopment(isObject(entry) && entry.dev === true);
}

/**
 * Version 1: a package has its own versions of dependencies below it.
 *
 * @throws Error if it is nested too deep
 */
function inTree(json: JsonFile): readonly Dependency[] {
  const found: Dependency[] = [];
  const open: { readonly path: readonly string[]; readonly tree: unknown }[] = [{ path: ['dependencies'], tree: json.at('dependencies') }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.path.length > DEEPEST) { throw new Error('it is nested too deep'); }
    for (const [name, entry] of entriesOf(next.tree)) {
      const path = [...next.path, name];
      const version = textIn(entry, 'version');
      if (version !== undefined) { found.push({ ...npmPackage(name, version, () => json.lineOf([...path, 'version'])), ...ofEntry(entry) }); }
      if (isObject(entry) && isObject(entry.dependencies)) { open.push({ path: [...path, 'dependencies'], tree: entry.dependencies }); }
    }
  }
  return found;
}

/** A requested version in a manifest or a command. `npm:` gives the package another name, and a `workspace:` package belongs to the project. */
export function npmRequirement(key: string, range: unknown, line: () => number): readonly Dependency[] {
  if (typeof range !== 'string' || /^(?:workspace:|\$)/.test(range)) { return []; }
  const [, alias, of] = /^npm:((?:@[^/@]+\/)?[^@/]+)(?:@(.*))?$/.exec(range) ?? [];
  const wanted = alias === undefined ? range : of ?? '';
  const version = EXACT.test(wanted) ? pinned(wanted) : undefined;
  return [{ ecosystem: 'npm', name: alias ?? key, ...version === undefined ? required(wanted.replace(/^[=v\s]+(?=\d)/, ''), 'range') : { version }, line }];
}
