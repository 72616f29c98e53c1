import { reached } from './lock-graph';

/** The sections of `pnpm-lock.yaml` with dependencies for production, and for development. */
const SHIPPED = /^(?:dependencies|optionalDependencies):/;
const FOR_DEVELOPMENT = /^devDependencies:/;

/** The dependencies, by the keys of `snapshots`. */
interface Graph {
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** The direct dependencies of the projects: those for production, and those for development. */
  readonly shipped: ReadonlySet<string>;
  readonly forDevelopment: ReadonlySet<string>;
}

/**
 * The keys of packages that are needed only for development. Since version 9, a lock shows this only for direct dependencies of a project. Empty if
 * the lock is not complete.
 */
export function forDevelopmentAlone(lines: readonly string[]): ReadonlySet<string> {
  const { needs, shipped, forDevelopment } = graphIn(lines);
  const [inUse, inDevelopment] = [reached(shipped, needs), reached(forDevelopment, needs)];
  const used = new Set([...inUse].map(packageOf));
  const isWhole = [...inUse, ...inDevelopment].every(key => needs.has(key));
  return new Set(isWhole ? [...inDevelopment].map(packageOf).filter(key => !used.has(key)) : []);
}

function graphIn(lines: readonly string[]): Graph {
  const needs = new Map<string, string[]>();
  const [shipped, forDevelopment] = [new Set<string>(), new Set<string>()];
  let [section, kind, name, own]: [string, string, string, string[]] = ['', '', '', []];
  for (const written of lines) {
    const line = written.replace(/^ {2}: /, '    ');
    const [, indent, text] = /^( *)(\S.*)$/.exec(line) ?? [];
    if (indent === '') { section = text.trimEnd(); }
    if (section === 'snapshots:' && indent?.length === 2) { needs.set(pnpmText(text), own = []); }
    if (indent?.length === 2) { kind = ''; }
    if (indent?.length === 4) { kind = text; }
    if (indent?.length === 6) { name = pnpmText(text); }
    if (section === 'snapshots:' && indent?.length === 6 && SHIPPED.test(kind)) { own.push(...referenced(name, text)); }
    if (section !== 'importers:' || indent?.length !== 8 || !text.startsWith('version:')) { continue; }
    if (SHIPPED.test(kind)) { referenced(name, text).forEach(key => shipped.add(key)); }
    if (FOR_DEVELOPMENT.test(kind)) { referenced(name, text).forEach(key => forDevelopment.add(key)); }
  }
  return { needs, shipped, forDevelopment };
}

/** The key of a dependency: its version, or another package with a version. Empty for a project. */
function referenced(name: string, text: string): readonly string[] {
  const reference = pnpmText(text.slice(text.startsWith("'") ? text.indexOf("': ") + 3 : text.indexOf(': ') + 2));
  if (reference.startsWith('link:')) { return []; }
  return [/^[^(:]+?@/.test(reference) ? reference : `${name}@${reference}`];
}

/** A key or value without quotes, and without the value after a key. A long key starts with a question mark. */
export function pnpmText(line: string): string {
  const text = line.replace(/^\? /, '');
  const quote = /^['"]/.exec(text)?.[0];
  return quote === undefined ? text.split(/:(?:\s|$)/, 1)[0].trimEnd() : text.slice(1).split(quote, 1)[0];
}

/** A package key without its peer dependencies. */
function packageOf(key: string): string {
  return key.split('(', 1)[0];
}
