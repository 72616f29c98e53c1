import { sdkOf } from './known-sdk';
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
  const [ecosystem, own] = /^pkg:/i.test(name) ? packageIn(name) : splitAt(name, ':');
  const isEcosystem = ECOSYSTEMS.some(each => each === ecosystem) && own !== '';
  if (isEcosystem) { return inEcosystem(ecosystem as Ecosystem, own); }
  return firstOf([...ECOSYSTEMS.map(each => inEcosystem(each, name, false)), ...OF_ONE.map(each => inEcosystem(each, name))]);
}

/** The type and the name in a package URL: `pkg:maven/group/name@1.0?type=jar#path`. */
function packageIn(url: string): readonly [string, string] {
  const [path] = url.slice('pkg:'.length).split(/[?#]/);
  const [type, name] = splitAt(path.replace(/^\/+/, ''), '/');
  const decoded = name.replace(/(?<=.)@[^/]*$/, '').replace(/%40/g, '@');
  const ecosystem = type.toLowerCase();
  switch (ecosystem) {
    case 'maven': return [ecosystem, decoded.replace('/', ':')];
    case 'deb': case 'rpm': case 'apk': return [ecosystem, decoded.slice(decoded.lastIndexOf('/') + 1)];
    default: return [ecosystem, decoded];
  }
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
