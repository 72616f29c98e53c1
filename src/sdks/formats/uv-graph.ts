import { isObject } from '../../model/intrinsics';
import { inGroups } from '../dependency';
import { elementsOf, entriesOf, textIn } from './json';
import { forDevelopmentOnly } from './lock-graph';

/** A package of a lock: what stands in its table, and whether it is a folder of the project. */
interface LockedPackage {
  readonly name: string;
  readonly version?: string;
  readonly entry: unknown;
  readonly isOwn: boolean;
}

/** A package by its name and version: a lock may have more than one version of it. */
export function uvKey({ name, version = '' }: Pick<LockedPackage, 'name' | 'version'>): string {
  return `${name} ${version}`;
}

/**
 * The packages of a `uv.lock` that its projects ask for only in groups that are for development, or extras that are called so, by their keys.
 *
 * @see https://docs.astral.sh/uv/concepts/projects/dependencies/#development-dependencies
 */
export function unshippedByUv(packages: readonly LockedPackage[]): ReadonlySet<string> {
  const own = packages.filter(({ isOwn }) => isOwn);
  const groups = own.flatMap(({ entry }) => ['dev-dependencies', 'optional-dependencies'].flatMap(table => isObject(entry) ? entriesOf(entry[table]) : []));
  if (!groups.some(([group]) => isForDevelopment(group))) { return new Set(); }
  const versions = new Map<string, string[]>();
  for (const each of packages) { versions.set(each.name, [...versions.get(each.name) ?? [], uvKey(each)]); }
  const keysOf = (references: unknown) => elementsOf(references).flatMap(reference => referenced(reference, versions));
  const needs = new Map(packages.map(each => [uvKey(each), keysOf(asked(each.entry, 'dependencies')).concat(
    entriesOf(asked(each.entry, 'optional-dependencies')).flatMap(([extra, references]) => each.isOwn && isForDevelopment(extra) ? [] : keysOf(references)),
  )]));
  const inGroup = (is: boolean) => groups.filter(([group]) => isForDevelopment(group) === is).flatMap(([, references]) => keysOf(references));
  return forDevelopmentOnly({ needs, shipped: [...own.map(uvKey), ...inGroup(false)], forDevelopment: inGroup(true) });
}

function isForDevelopment(group: string): boolean {
  return inGroups([group]).notOnInstance !== undefined;
}

function asked(entry: unknown, table: string): unknown {
  return isObject(entry) ? entry[table] : undefined;
}

/** The keys that a reference may lead to: it names a version only where there is more than one. */
function referenced(reference: unknown, versions: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const [name, version] = [textIn(reference, 'name') ?? '', textIn(reference, 'version')];
  return version === undefined ? versions.get(name) ?? [uvKey({ name })] : [uvKey({ name, version })];
}
