import { inGroups } from '../dependency';

const GROUP = /^\s*group\b([^#]{0,300})\bdo\b/;
const OPENS = /\bdo\s{0,9}(?:\|[^|]{0,99}\|)?\s{0,9}(?:#[^#]{0,200})?$|^\s*(?:if|unless|case|begin)\b/;
const GEM = /^\s*gem[\s(]{1,9}["']([\w.-]+)["'](.*)$/;
const OF_GEM = /(?:\bgroups?:|:groups?\s{0,9}=>)\s{0,9}(\[[^\]]{0,300}\]|:\w{1,60}|["']\w{1,60}["'])/;

/** A gem in a line of a `Gemfile`. */
interface RequestedGem {
  readonly name: string;
  /** The line, from 0. */
  readonly line: number;
  /** Whether all its groups there are for development. */
  readonly isForDevelopment: boolean;
}

/** The gems of a `Gemfile`, and whether they are for development. */
export function requestedGems(gemfile: readonly string[]): readonly RequestedGem[] {
  const open: (readonly string[])[] = [];
  return gemfile.flatMap((text, line): readonly RequestedGem[] => {
    const [, name, options = ''] = GEM.exec(text) ?? [];
    const groups = name === undefined ? [] : [...open.flat(), ...symbolsIn(OF_GEM.exec(options)?.[1] ?? '')];
    if (/^\s*end\b/.test(text)) { open.pop(); } else if (OPENS.test(text)) { open.push(symbolsIn(GROUP.exec(text)?.[1] ?? '')); }
    return name === undefined ? [] : [{ name, line, isForDevelopment: inGroups(groups).notOnInstance !== undefined }];
  });
}

/** The gems of a `Gemfile` that appear only in groups for development. */
function forDevelopmentIn(gemfile: string): ReadonlySet<string> {
  const gems = requestedGems(gemfile.split(/\r?\n/));
  const shipped = new Set(gems.filter(({ isForDevelopment }) => !isForDevelopment).map(({ name }) => name));
  return new Set(gems.map(({ name }) => name).filter(name => !shipped.has(name)));
}

/**
 * The gems of a lock that are needed only for development. The lock has no groups, so the `Gemfile` beside it determines them.
 *
 * @param lines the lines of the lock: the chosen gems, each with its dependencies below it, and the gems that the `Gemfile` requests
 */
export function unshippedGems(lines: readonly string[], gemfile: string | undefined): ReadonlySet<string> {
  const notShipped = gemfile === undefined ? new Set<string>() : forDevelopmentIn(gemfile);
  const needs = new Map<string, string[]>();
  const shipped = new Set<string>();
  let [last, isInDependencies]: [string[], boolean] = [[], false];
  for (const line of lines) {
    const [, indent, name] = /^( {2,6})([\w.-]+)(?:!| \(|\s*$)/.exec(line) ?? [];
    if (/^\S/.test(line)) { isInDependencies = line.startsWith('DEPENDENCIES'); }
    if (indent?.length === 4) { needs.set(name, last = []); }
    if (indent?.length === 6) { last.push(name); }
    if (indent?.length === 2 && isInDependencies && !notShipped.has(name)) { shipped.add(name); }
  }
  for (const name of shipped) { (needs.get(name) ?? []).forEach(each => shipped.add(each)); }
  return notShipped.size === 0 ? notShipped : new Set([...needs.keys()].filter(name => !shipped.has(name)));
}

function symbolsIn(text: string): readonly string[] {
  return [...text.matchAll(/[:"'](\w+)/g)].map(([, name]) => name);
}
