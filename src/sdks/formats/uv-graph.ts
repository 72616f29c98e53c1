import { isObject } from '../../model/intrinsics';
import { inGroups } from '../dependency';
import { elementsOf, entriesOf, textIn } from './json';
import { forDevelopmentOnly } from './lock-graph';

/** A package of a lock: its table, and whether it is a folder of the project. */
interface LockedPackage {
  readonly name: string;
  readonly version?: string;
  readonly entry: unknown;
  readonly isOwn: boolean;
}

/** The key of a package: its name and version, because a lock can contain several versions of a package. */
export function uvKey({ name, version = '' }: Pick<LockedPackage, 'name' | 'version'>): string {
  return `${name} ${version}`;
}

/**
 * The keys of the packages in a `uv.lock` that its projects need only in groups or extras for development.
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
  const needs = new Map(packages.map(each => [uvKey(each), keysOf(tableOf(each.entry, 'dependencies')).concat(
    entriesOf(tableOf(each.entry, 'optional-dependencies')).flatMap(([extra, references]) => each.isOwn && isForDevelopment(extra) ? [] : keysOf(references)),
  )]));
  const inGroup = (is: boolean) => groups.filter(([group]) => isForDevelopment(group) === is).flatMap(([, references]) => keysOf(references));
  return forDevelopmentOnly({ needs, shipped: [...own.map(uvKey), ...inGroup(false)], forDevelopment: inGroup(true) });
}

function isForDevelopment(group: string): boolean {
  return inGroups([group]).notOnInstance !== undefined;
}

function tableOf(entry: unknown, table: string): unknown {
  return isObject(entry) ? entry[table] : undefined;
}

/** The possible keys of a dependency. It names a version only if the lock contains several. */
function referenced(reference: unknown, versions: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const [name, version] = [textIn(reference, 'name') ?? '', textIn(reference, 'version')];
  return version === undefined ? versions.get(name) ?? [uvKey({ name })] : [uvKey({ name, version })];
}
