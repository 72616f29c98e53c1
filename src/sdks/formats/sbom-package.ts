import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import { isDistribution, judged, sdkOf } from '../known-sdk';
import { nameIn, packageUrl } from '../package-url';
import type { Ecosystem } from '../sdk';
import { ECOSYSTEMS } from '../sdk';
import { required } from '../version-range';

/** A package in a bill of materials. */
export interface ListedPackage {
  readonly url?: string;
  readonly group?: string;
  readonly name?: string;
  readonly version?: string;
  readonly cpe?: string;
  /** Whether the bill of materials marks the package as not shipped. */
  readonly isExcluded?: boolean;
  readonly line: () => number;
}

/** Other names of ecosystems. The conda packages of interest are those of PyPI, and `npm:aws-sdk` is an old form of GitHub. */
const ALIASES: { readonly [name: string]: Ecosystem } = { conda: 'pypi', pip: 'pypi', go: 'golang', rubygems: 'gem', rust: 'cargo' };

/** A package of a bill of materials, if it can belong to an SDK: by its package URL, else by its name. */
export function packageListed(listed: ListedPackage): readonly Dependency[] {
  return named(listed).map((found): Dependency => ({ ...found, ...forDevelopment(listed.isExcluded === true) }));
}

function named({ url, group, name, version, cpe, line }: ListedPackage): readonly Dependency[] {
  const byUrl = url === undefined ? undefined : packageOf(url, version, line);
  if (byUrl) { return byUrl; }
  const product = /^cpe:(?:2\.3:|\/)a:[^:]{1,200}:([^:]{1,200})/.exec(cpe ?? '')?.[1].replaceAll('\\', '');
  const found = [name, product].map(each => each === undefined ? [] : possible(group ?? '', each)).find(each => each.length > 0) ?? [];
  const [first] = found;
  if (!first) { return []; }
  const verdicts = new Set(found.map(each => judged(sdkOf(each.ecosystem, each.name)!, each.ecosystem, version).verdict));
  const isClear = verdicts.size === 1;
  const requirement = isClear ? versionOf(first.ecosystem, version) : { leftOpen: `it has no package URL, and may be of ${found.map(({ ecosystem }) => ecosystem).join(' or ')}` };
  return [{ ...first, ...requirement, line }];
}

/** The package of a package URL. Empty for an ecosystem without SDKs, and `undefined` if the text is not a package URL. */
function packageOf(text: string, version: string | undefined, line: () => number): readonly Dependency[] | undefined {
  const url = packageUrl(text);
  const ecosystem = url && ecosystemOf(url.type);
  if (!url) { return undefined; }
  return ecosystem ? [{ ecosystem, name: nameIn(ecosystem, url.namespace, url.name), ...versionOf(ecosystem, url.version ?? version), line }] : [];
}

/** The version of a package. Versions of Linux distributions can have `~` and an epoch, which do not make them ranges. */
function versionOf(ecosystem: Ecosystem, version: string | undefined): Pick<Dependency, 'version' | 'leftOpen' | 'range'> {
  return version !== undefined && version !== '' && isDistribution(ecosystem) ? { version } : required(version);
}

/** The SDKs that can have this name. Without a package URL, the ecosystem is unknown. */
function possible(group: string, name: string): readonly { readonly ecosystem: Ecosystem; readonly name: string }[] {
  const [, prefix, rest = name] = /^(\w+):(.+)$/.exec(name) ?? [];
  const ecosystemOfPrefix = prefix === undefined ? undefined : ecosystemOf(prefix);
  const ecosystems = ecosystemOfPrefix ? [ecosystemOfPrefix] : ECOSYSTEMS;
  const all = ecosystems.map(ecosystem => ({ ecosystem, name: nameIn(ecosystem, group, ecosystemOfPrefix ? rest : name) }));
  return all.filter(each => sdkOf(each.ecosystem, each.name));
}

function ecosystemOf(type: string): Ecosystem | undefined {
  return ECOSYSTEMS.find(each => each === type) ?? (Object.hasOwn(ALIASES, type) ? ALIASES[type] : undefined);
}
