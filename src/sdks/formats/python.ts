import { isObject } from '../../model/intrinsics';
import type { Dependency } from '../dependency';
import { forDevelopment, inGroups } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { JsonFile, elementsOf, entriesOf, textIn } from './json';
import { pythonRequirement } from './requirements';
import { TomlFile } from './toml';
import { unshippedByUv, uvKey } from './uv-graph';

/** `poetry.lock`, `uv.lock`, `pdm.lock` and `pylock.toml`: a table for each package. A package from a folder belongs to the project. */
export function pythonLock(file: TextFile): readonly Dependency[] {
  const toml = new TomlFile(file);
  const packages = [...toml.packagesIn('package'), ...toml.packagesIn('packages')].map(each => ({ ...each, isOwn: isFolder(each.entry) }));
  const unshipped = file.name === 'uv.lock' ? unshippedByUv(packages) : new Set<string>();
  return packages.filter(({ isOwn }) => !isOwn).map(({ name, version, entry, line }) => {
    const ofGroups = unshipped.has(uvKey({ name, version })) ? forDevelopment(true) : inGroups(groupsOf(entry));
    return { ecosystem: 'pypi', name, ...required(version), ...ofGroups, line };
  });
}

/** The groups of a package. Older versions of Poetry have one category. PDM has the group `default` for packages without a group. */
function groupsOf(entry: unknown): readonly string[] {
  const groups = elementsOf(isObject(entry) ? entry.groups : undefined).map(String);
  return groups.length > 0 ? groups : [textIn(entry, 'category') ?? ''];
}

function isFolder(entry: unknown): boolean {
  const [source, path] = [isObject(entry) ? entry.source : undefined, textIn(entry, 'path')];
  const isDirectory = ['editable', 'virtual', 'directory'].some(kind => textIn(source, kind) !== undefined || textIn(source, 'type') === kind);
  return isDirectory || (isObject(entry) && (entry.directory !== undefined || entry.editable === true)) || (path !== undefined && !/\.(?:whl|zip|gz)$/.test(path));
}

/** `Pipfile.lock`: a requirement for each package, in sections. */
export function pipfileLock(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return entriesOf(json.content).filter(([section]) => section !== '_meta').flatMap(([section, packages]) => entriesOf(packages).map(([name, entry]): Dependency =>
    ({ ecosystem: 'pypi', name, ...required(textIn(entry, 'version'), 'range'), ...inGroups([section]), line: () => json.lineOf([section, name, 'version']) })));
}

/** `pyproject.toml` and `Pipfile`: the requested versions. */
export function pythonManifest(file: TextFile): readonly Dependency[] {
  const toml = new TomlFile(file);
  const tables = [
    ['packages'], ['dev-packages'], ['tool', 'poetry', 'dependencies'], ['tool', 'poetry', 'dev-dependencies'],
    ...toml.below('tool', 'poetry', 'group').map(group => [...group, 'dependencies']),
  ];
  const lists = [
    ['project', 'dependencies'], ['tool', 'uv', 'dev-dependencies'], ['build-system', 'requires'],
    ...toml.below('project', 'optional-dependencies'), ...toml.below('dependency-groups'), ...toml.below('tool', 'pdm', 'dev-dependencies'),
    ...toml.below('tool', 'hatch', 'envs').flatMap(environment => [[...environment, 'dependencies'], [...environment, 'extra-dependencies']]),
  ];
  return [...tables.flatMap(path => inTable(toml, path)), ...lists.flatMap(path => inList(toml, path))];
}

/** A table of names and versions. A name can have a list of versions, each for a platform or a version of Python. */
function inTable(toml: TomlFile, path: readonly string[]): readonly Dependency[] {
  return entriesOf(toml.at(...path)).flatMap(([name, wanted]) => (Array.isArray(wanted) ? wanted as unknown[] : [wanted]).map((each): Dependency =>
    ({ ecosystem: 'pypi', name, ...poetryVersion(each), ...inGroups([groupIn(path)]), line: () => toml.lineOfKey(path, name) })));
}

function inList(toml: TomlFile, path: readonly string[]): readonly Dependency[] {
  return elementsOf(toml.at(...path)).flatMap(text => typeof text !== 'string' ? []
    : pythonRequirement(text, 1).map((found): Dependency => ({ ...found, ...inGroups([groupIn(path)]), line: () => toml.lineOfText(text) })));
}

/** The group of a table or a list: `dev-dependencies` of Poetry, `group.dev.dependencies`, `dependency-groups.dev`. */
function groupIn(path: readonly string[]): string {
  if (path.includes('dev-dependencies')) { return 'dev'; }
  const [last, before] = [...path].reverse();
  return last === 'dependencies' || last === 'extra-dependencies' ? before ?? '' : last.replace(/-(?:dependencies|packages)$/, '');
}

/** The metadata of an installed package: `METADATA`, `PKG-INFO`. */
export function pythonMetadata(file: TextFile): readonly Dependency[] {
  const head = file.text.slice(0, 5_000);
  const [name, version] = [/^Name:\s*(\S+)\s*$/m.exec(head)?.[1], /^Version:\s*(\S+)\s*$/m.exec(head)];
  return name === undefined || !version ? [] : [{ ecosystem: 'pypi', name, ...required(version[1]), line: () => file.lineAt(version.index) }];
}

/** The requirement of a version in Poetry, where a version without an operator is exact. */
function poetryVersion(wanted: unknown): ReturnType<typeof required> {
  const text = typeof wanted === 'string' ? wanted : textIn(wanted, 'version') ?? '';
  return required(text, /^\d/.test(text) ? 'exact' : 'range');
}
