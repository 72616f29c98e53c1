import { inGroups } from '../dependency';

const GROUP = /^\s*group\b([^#]{0,300})\bdo\b/;
const OPENS = /\bdo\s{0,9}(?:\|[^|]{0,99}\|)?\s{0,9}(?:#[^#]{0,200})?$|^\s*(?:if|unless|case|begin)\b/;
const GEM = /^\s*gem[\s(]{1,9}["']([\w.-]+)["'](.*)$/;
const OF_GEM = /(?:\bgroups?:|:groups?\s{0,9}=>)\s{0,9}(\[[^\]]{0,300}\]|:\w{1,60}|["']\w{1,60}["'])/;

/** The gems of a `Gemfile` that are in groups for development alone. */
function forDevelopmentIn(gemfile: string): ReadonlySet<string> {
  const open: (readonly string[])[] = [];
  const groups = new Map<string, boolean>();
  for (const line of gemfile.split('\n')) {
    const [, name, options = ''] = GEM.exec(line) ?? [];
    if (name !== undefined) {
      const all = [...open.flat(), ...symbolsIn(OF_GEM.exec(options)?.[1] ?? '')];
      groups.set(name, (groups.get(name) ?? true) && inGroups(all).notOnInstance !== undefined);
    }
    if (/^\s*end\b/.test(line)) { open.pop(); } else if (OPENS.test(line)) { open.push(symbolsIn(GROUP.exec(line)?.[1] ?? '')); }
  }
  return new Set([...groups].flatMap(([name, isForDevelopment]) => isForDevelopment ? [name] : []));
}

/**
 * The gems of a lock that nothing else than development asks for, by the groups of the `Gemfile` beside it: a lock has no groups.
 *
 * @param lines the lines of the lock: what was chosen, with what that needs below it, and what the `Gemfile` asks for
 */
export function unshippedGems(lines: readonly string[], gemfile: string | undefined): ReadonlySet<string> {
  const notShipped = gemfile === undefined ? new Set<string>() : forDevelopmentIn(gemfile);
  const needs = new Map<string, string[]>();
  const shipped = new Set<string>();
  let [last, isAsked]: [string[], boolean] = [[], false];
  for (const line of lines) {
    const [, indent, name] = /^( {2,6})([\w.-]+)(?:!| \(|\s*$)/.exec(line) ?? [];
    if (/^\S/.test(line)) { isAsked = line.startsWith('DEPENDENCIES'); }
    if (indent?.length === 4) { needs.set(name, last = []); }
    if (indent?.length === 6) { last.push(name); }
    if (indent?.length === 2 && isAsked && !notShipped.has(name)) { shipped.add(name); }
  }
  for (const name of shipped) { (needs.get(name) ?? []).forEach(each => shipped.add(each)); }
  return notShipped.size === 0 ? notShipped : new Set([...needs.keys()].filter(name => !shipped.has(name)));
}

function symbolsIn(text: string): readonly string[] {
  return [...text.matchAll(/[:"'](\w+)/g)].map(([, name]) => name);
}
