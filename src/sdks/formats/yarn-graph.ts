import { isObject } from '../../model/intrinsics';
import type { TextFile } from '../text-file';
import { entriesOf } from './json';
import { forDevelopmentOnly } from './lock-graph';

/** The chosen package for some requirements, and its dependencies. */
interface Chosen {
  /** The line where it starts, from 0. */
  readonly key: string;
  readonly requirements: readonly string[];
  readonly needs: string[];
  readonly optional: string[];
  resolution?: string;
}

/**
 * The lines, from 0, of the keys of a `yarn.lock` that are needed only for `devDependencies`. The `package.json` of each project has these, because
 * the lock does not. Empty if a manifest or a dependency cannot be found, and for workspaces of Yarn 1, whose locks do not contain their folders.
 */
export function unshippedByYarn(file: TextFile): ReadonlySet<string> {
  const all = chosenIn(file.lines);
  const manifests = manifestsOf(file, all);
  if (manifests === undefined) { return new Set(); }
  const byRequirement = new Map(all.flatMap(({ key, requirements }) => requirements.map(each => [each, key] as const)));
  const keyOf = (requirement: string) => byRequirement.get(requirement) ?? byRequirement.get(requirement.replace(/^(@?[^@]+@)/, '$1npm:'));
  const needs = new Map(all.map(({ key, needs: required, optional, resolution }) => [
    key, isProject(resolution) ? [] : [...required.map(each => keyOf(each) ?? each), ...optional.flatMap(each => keyOf(each) ?? [])],
  ]));
  const requirementsOf = (...sections: readonly string[]) => manifests.flatMap(manifest => sections.flatMap(section =>
    entriesOf(isObject(manifest) ? manifest[section] : undefined).map(([name, range]) => `${name}@${String(range)}`)));
  const found = (requirements: readonly string[]) => requirements.map(each => keyOf(each) ?? each);
  const peers = requirementsOf('peerDependencies').flatMap(each => keyOf(each) ?? []);
  return forDevelopmentOnly({ needs, shipped: [...found(requirementsOf('dependencies', 'optionalDependencies')), ...peers], forDevelopment: found(requirementsOf('devDependencies')) });
}

/** The manifests of the projects of a lock. `undefined` if one of them cannot be found. */
function manifestsOf(file: TextFile, all: readonly Chosen[]): readonly unknown[] | undefined {
  const projects = all.flatMap(({ resolution }) => isProject(resolution) ? [resolution.slice(resolution.lastIndexOf('@workspace:') + '@workspace:'.length)] : []);
  const folders = projects.length > 0 ? projects : ['.'];
  const manifests = folders.map(folder => manifestIn(file, folder));
  const isWhole = manifests.every(each => isObject(each) && (projects.length > 0 || each.workspaces === undefined));
  return isWhole ? manifests : undefined;
}

function manifestIn(file: TextFile, folder: string): unknown {
  try {
    return JSON.parse(file.near(folder === '.' ? 'package.json' : `${folder}/package.json`) ?? '');
  } catch {
    return undefined;
  }
}

/** The chosen packages of a lock, of any version of Yarn. */
function chosenIn(lines: readonly string[]): readonly Chosen[] {
  const all: Chosen[] = [];
  let section = '';
  for (const [index, line] of lines.entries()) {
    if (/^[^\s#_]/.test(line)) { all.push({ key: String(index), requirements: requirementsIn(line), needs: [], optional: [] }); }
    const last = all.length > 0 ? all[all.length - 1] : undefined;
    if (/^\S/.test(line)) { section = ''; }
    const [, opened] = /^ {2}([A-Za-z]+):?\s*$/.exec(line) ?? [];
    if (/^ {2}\S/.test(line)) { section = opened ?? ''; }
    const [, resolution] = /^ {2}resolution:\s+"([^"]+)"/.exec(line) ?? [];
    if (last && resolution !== undefined) { last.resolution = resolution; }
    const [, name, range] = /^ {4}"?((?:@[^/"\s]+\/)?[^@"\s:]+)"?:?\s+"?([^"]+?)"?\s*$/.exec(line) ?? [];
    if (last && name !== undefined && section === 'dependencies') { last.needs.push(`${name}@${range}`); }
    if (last && name !== undefined && section === 'optionalDependencies') { last.optional.push(`${name}@${range}`); }
  }
  return all;
}

/** The requirements in a key: `a@^1.0.0, a@^1.2.0:` or `"a@npm:^1.0.0, a@npm:^1.2.0":`. */
function requirementsIn(line: string): readonly string[] {
  return line.replace(/:\s*$/, '').replaceAll('"', '').split(/,\s+/);
}

function isProject(resolution: string | undefined): resolution is string {
  return resolution?.includes('@workspace:') === true;
}
