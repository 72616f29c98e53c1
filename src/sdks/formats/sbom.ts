import { isObject } from '../../model/intrinsics';
import type { Dependency } from '../dependency';
import type { Ecosystem } from '../sdk';
import { ECOSYSTEMS } from '../sdk';
import type { TextFile } from '../text-file';
import { PackageURL } from '../vendor/packageurl-js.generated';
import { required } from '../version-range';
import { JsonFile, elementsOf, textIn } from './json';
import { descendants, readXml } from './xml';

/** What it may stand in: the export of GitHub, and what a build attests. */
const WRAPPERS: readonly (readonly string[])[] = [[], ['sbom'], ['predicate']];

/** How much of a file is looked at for what it is. */
const HEAD = 4_000;

/** Some file of JSON, if it says that it is a bill of materials. */
export function perhapsSbom(file: TextFile): readonly Dependency[] {
  return /"(?:bomFormat|spdxVersion)"/.test(file.text.slice(0, HEAD)) ? sbomJson(file) : [];
}

/** A bill of materials in JSON, by what it says it is: CycloneDX, or SPDX 2 or 3. */
export function sbomJson(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return WRAPPERS.flatMap(path => {
    if (json.at(...path, 'bomFormat') === 'CycloneDX') { return cycloneDx(json, path); }
    return typeof json.at(...path, 'spdxVersion') === 'string' ? spdx(json, path) : spdxGraph(json, path);
  });
}

/** CycloneDX in XML. */
export function sbomXml(file: TextFile): readonly Dependency[] {
  return descendants(readXml(file), 'component').flatMap(({ children }) => children).filter(({ name }) => name === 'purl')
    .flatMap(({ text, position }) => packageOf(text.replace(/&amp;/g, '&'), undefined, () => file.lineAt(position)));
}

/** The package in a package URL, where it is of an ecosystem with SDKs. */
export function packageOf(url: string, version: string | undefined, line: () => number): readonly Dependency[] {
  try {
    const { type, namespace, name, version: own } = PackageURL.fromString(url);
    const ecosystem = ECOSYSTEMS.find(each => each === type);
    return ecosystem ? [{ ecosystem, name: nameIn(ecosystem, namespace, name), ...required(own ?? version), line }] : [];
  } catch {
    return [];
  }
}

function nameIn(ecosystem: Ecosystem, namespace: string | undefined, name: string): string {
  if (namespace === undefined || ['deb', 'rpm', 'apk'].includes(ecosystem)) { return name; }
  return ecosystem === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}

/** Components may have others in them. */
function cycloneDx(json: JsonFile, root: readonly string[]): readonly Dependency[] {
  const found: Dependency[] = [];
  const open: (readonly (string | number)[])[] = [];
  const lists: unknown[] = [];
  const add = (path: readonly (string | number)[], list: unknown) => {
    open.push(path);
    lists.push(list);
  };
  for (const path of [['components'], ['metadata', 'component', 'components']]) { add([...root, ...path], json.at(...root, ...path)); }
  for (let path = open.pop(); path; path = open.pop()) {
    const here = path;
    elementsOf(lists.pop()).forEach((component, index) => {
      const url = textIn(component, 'purl');
      if (url !== undefined) { found.push(...packageOf(url, textIn(component, 'version'), () => json.lineOf([...here, index, 'purl']))); }
      if (isObject(component) && Array.isArray(component.components)) { add([...here, index, 'components'], component.components); }
    });
  }
  return found;
}

function spdx(json: JsonFile, root: readonly string[]): readonly Dependency[] {
  return elementsOf(json.at(...root, 'packages')).flatMap((each, index) => elementsOf(isObject(each) ? each.externalRefs : undefined).flatMap((reference, place) => {
    const url = textIn(reference, 'referenceLocator');
    return url === undefined || !url.startsWith('pkg:') ? []
      : packageOf(url, textIn(each, 'versionInfo'), () => json.lineOf([...root, 'packages', index, 'externalRefs', place, 'referenceLocator']));
  }));
}

function spdxGraph(json: JsonFile, root: readonly string[]): readonly Dependency[] {
  return elementsOf(json.at(...root, '@graph')).flatMap((each, index) => {
    const url = textIn(each, 'software_packageUrl');
    return url === undefined ? [] : packageOf(url, textIn(each, 'software_packageVersion'), () => json.lineOf([...root, '@graph', index, 'software_packageUrl']));
  });
}
