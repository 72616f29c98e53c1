import { sdkOf } from './known-sdk';
import { nameIn, packageUrl } from './package-url';
import type { Ecosystem, Sdk } from './sdk';
import { ECOSYSTEMS } from './sdk';
import { SDKS } from './sdk-table';

/** An SDK, and the ecosystem of the package that it was found by. */
export interface NamedSdk {
  readonly sdk: Sdk;
  readonly ecosystem?: Ecosystem;
}

/** Where names that only begin as an SDK's are of no other ecosystem: `aws-sdk-php` is no gem. */
const OF_ONE: readonly Ecosystem[] = ['npm', 'maven', 'nuget'];

/** The SDK that somebody means: by the name of a package, with its ecosystem or without, by a package URL, or by its own name. */
export function findSdk(named: string): NamedSdk | undefined {
  const name = named.trim();
  const bySdk = SDKS.find(sdk => sdk.name.toLowerCase() === name.toLowerCase());
  if (bySdk) { return { sdk: bySdk }; }
  const url = packageUrl(name);
  const [ecosystem, own] = url ? [url.type, nameIn(url.type, url.namespace, url.name)] : splitAt(name, ':');
  const isEcosystem = ECOSYSTEMS.some(each => each === ecosystem) && own !== '';
  if (isEcosystem) { return inEcosystem(ecosystem as Ecosystem, own); }
  return firstOf([...ECOSYSTEMS.map(each => inEcosystem(each, name, false)), ...OF_ONE.map(each => inEcosystem(each, name))]);
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
