import { isObject, ownValue } from '../../model/intrinsics';
import { withoutComments } from './comments';
import { elementsOf, entriesOf } from './json';
import { forDevelopmentOnly } from './lock-graph';

/** Strings, and commas before the end of a list. */
const QUOTED_OR_LAST_COMMA = /("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g;

/**
 * The keys of the packages in a `bun.lock` that its projects need only as `devDependencies`. Empty if the lock cannot be read.
 *
 * @see https://bun.com/docs/pm/lockfile
 */
export function unshippedByBun(text: string): ReadonlySet<string> {
  let lock: unknown;
  try {
    lock = JSON.parse(withoutComments(text, '//').replace(QUOTED_OR_LAST_COMMA, (_, quoted?: string) => quoted ?? ''));
  } catch {
    return new Set();
  }
  const packages = new Map(entriesOf(below(lock, 'packages')));
  const projects = entriesOf(below(lock, 'workspaces')).map(([path, project]) => ({ project, at: path === '' ? '' : nameOf(project) }));
  const needs = new Map([...packages].map(([key, entry]) => {
    const manifest = elementsOf(entry).find(each => isObject(each) && !Array.isArray(each));
    return [key, dependenciesOf(manifest, key, packages, ['dependencies'], ['optionalDependencies', 'peerDependencies'])];
  }));
  const ofProjects = (sections: readonly string[], optional?: readonly string[]) =>
    projects.flatMap(({ project, at }) => dependenciesOf(project, at, packages, sections, optional));
  const shipped = ofProjects(['dependencies'], ['optionalDependencies', 'peerDependencies']);
  return forDevelopmentOnly({ needs, shipped, forDevelopment: ofProjects(['devDependencies']) });
}

/** The keys of the dependencies of a package. An optional dependency counts only if it is in the lock. */
function dependenciesOf(
  manifest: unknown, key: string, packages: ReadonlyMap<string, unknown>, sections: readonly string[], optional: readonly string[] = [],
): readonly string[] {
  const names = (of: readonly string[]) => of.flatMap(section => entriesOf(below(manifest, section)).map(([name]) => name));
  return [
    ...names(sections).map(name => resolvedFrom(key, name, packages) ?? name),
    ...names(optional).flatMap(name => resolvedFrom(key, name, packages) ?? []),
  ];
}

/** The key of a dependency: below the package that needs it, else below a package above it. */
function resolvedFrom(key: string, name: string, packages: ReadonlyMap<string, unknown>): string | undefined {
  for (let above = key; ; above = withoutLast(above)) {
    const found = above === '' ? name : `${above}/${name}`;
    if (packages.has(found)) { return found; }
    if (above === '') { return undefined; }
  }
}

/** A key without its last package, whose name can have a scope. */
function withoutLast(key: string): string {
  return /^(.*?)\/?(?:@[^/]+\/)?[^/]+$/.exec(key)?.[1] ?? '';
}

function nameOf(project: unknown): string {
  const name = below(project, 'name');
  return typeof name === 'string' ? name : '';
}

function below(value: unknown, key: string): unknown {
  return isObject(value) ? ownValue(value, key) : undefined;
}
