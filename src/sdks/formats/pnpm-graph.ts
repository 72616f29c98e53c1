import { reached } from './lock-graph';

/** What stands below a key of `pnpm-lock.yaml`: the sections in which a package asks for others. */
const SHIPPED = /^(?:dependencies|optionalDependencies):/;
const FOR_DEVELOPMENT = /^devDependencies:/;

/** Who asks for what, by the keys of `snapshots`. */
interface Graph {
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** What projects ask for, and what they ask for only while they are developed. */
  readonly shipped: ReadonlySet<string>;
  readonly forDevelopment: ReadonlySet<string>;
}

/**
 * The packages that projects ask for only while they are developed, by their keys: since version 9, a lock says it of what a project asks for itself alone.
 * There are none where a reference leads nowhere.
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

/** The key that a reference leads to: a version, or another package with its version; nothing where it leads to a project. */
function referenced(name: string, text: string): readonly string[] {
  const reference = pnpmText(text.slice(text.startsWith("'") ? text.indexOf("': ") + 3 : text.indexOf(': ') + 2));
  if (reference.startsWith('link:')) { return []; }
  return [/^[^(:]+?@/.test(reference) ? reference : `${name}@${reference}`];
}

/** A key, or a value: without quotes, and without what stands behind a key. A key that is long has a question mark. */
export function pnpmText(line: string): string {
  const text = line.replace(/^\? /, '');
  const quote = /^['"]/.exec(text)?.[0];
  return quote === undefined ? text.split(/:(?:\s|$)/, 1)[0].trimEnd() : text.slice(1).split(quote, 1)[0];
}

/** A package without the peers that one of its copies goes with. */
function packageOf(key: string): string {
  return key.split('(', 1)[0];
}
