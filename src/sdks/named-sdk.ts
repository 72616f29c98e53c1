import { distance, nearest } from '../model/nearest';
import { sdkOf } from './known-sdk';
import { nameIn, packageUrl } from './package-url';
import type { Ecosystem, Sdk } from './sdk';
import { ECOSYSTEMS } from './sdk';
import { SDKS } from './sdk-table';

/** An SDK, and the ecosystem of the package with that name. */
export interface NamedSdk {
  readonly sdk: Sdk;
  readonly ecosystem?: Ecosystem;
}

/** The ecosystems whose prefixes are unique. For example, `aws-sdk-php` is not a gem, although it has the prefix of gems. */
const OF_ONE: readonly Ecosystem[] = ['npm', 'maven', 'nuget'];

/** Finds an SDK by the name of a package, with or without its ecosystem, by a package URL, or by its own name. */
export function findSdk(named: string): NamedSdk | undefined {
  const name = named.trim();
  const bySdk = SDKS.find(sdk => [sdk.name, ...sdk.aliases ?? []].some(each => plain(each) === plain(name)));
  if (bySdk) { return { sdk: bySdk }; }
  const url = /^pkg:/i.test(name) ? packageUrl(name) : undefined;
  const [ecosystem, own] = url ? [url.type, nameIn(url.type, url.namespace, url.name)] : splitAt(name, ':');
  const isEcosystem = ECOSYSTEMS.some(each => each === ecosystem) && own !== '';
  if (isEcosystem) { return inEcosystem(ecosystem as Ecosystem, own); }
  return firstOf([...ECOSYSTEMS.map(each => inEcosystem(each, name, false)), ...OF_ONE.map(each => inEcosystem(each, name))]);
}

/** The known name that is most similar to a misspelled one: about one wrong letter in six is allowed. */
export function nearestSdk(named: string): string | undefined {
  const packages = SDKS.flatMap(sdk => Object.values(sdk.packages).flat()).map(each => each.replace(/\*$/, ''));
  const found = nearest(named, [...SDKS.map(({ name }) => name), ...packages]);
  return found !== undefined && distance(named, found) * 6 <= named.length ? found : undefined;
}

/** A name of an SDK. AWS also writes it without "AWS". */
function plain(name: string): string {
  return name.toLowerCase().replace(/^aws /, '');
}

function inEcosystem(ecosystem: Ecosystem, name: string, patterns = true): NamedSdk | undefined {
  const sdk = sdkOf(ecosystem, name, patterns);
  return sdk && { sdk, ecosystem };
}

function firstOf(found: readonly (NamedSdk | undefined)[]): NamedSdk | undefined {
  return found.find(each => each !== undefined);
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const index = text.indexOf(separator);
  return index === -1 ? ['', text] : [text.slice(0, index), text.slice(index + 1)];
}
