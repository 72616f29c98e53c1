import { isObject } from '../../model/intrinsics';
import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { JsonFile, elementsOf, textIn } from './json';
import { packageListed } from './sbom-package';
import { isTagged, spdxTags } from './spdx-tags';
import type { XmlElement } from './xml';
import { childOf, descendants, readXml } from './xml';

/** The keys that can contain a bill of materials: those of GitHub's export, and of build attestations. */
const WRAPPERS: readonly (readonly string[])[] = [[], ['sbom'], ['predicate']];

/** The deepest nesting of components. */
const DEEPEST = 100;

/** Properties that mark a development dependency: `cdx:npm:package:development`. */
const OF_DEVELOPMENT = /^cdx:\w{1,40}:package:(?:development|isDevRequirement)$/;

const SAYS_WHAT_IT_IS = /"(?:bomFormat|spdxVersion|software_packageVersion|software_packageUrl)"|\/anchore\/syft\//;

/** A JSON file, if its contents are a bill of materials. */
export function perhapsSbom(file: TextFile): readonly Dependency[] {
  return SAYS_WHAT_IT_IS.test(file.text) ? sbomJson(file) : [];
}

/** A file with a name of SPDX: in JSON, or with tags and values. */
export function spdxFile(file: TextFile): readonly Dependency[] {
  return isTagged(file.text) ? spdxTags(file) : sbomJson(file);
}

/** A bill of materials in JSON: CycloneDX, SPDX 2 or 3, or Syft's own format. */
export function sbomJson(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return WRAPPERS.flatMap(path => {
    if (json.at(...path, 'bomFormat') === 'CycloneDX') { return cycloneDx(json, path); }
    return typeof json.at(...path, 'spdxVersion') === 'string' ? spdx(json, path) : [...spdxGraph(json, path), ...syft(json, path)];
  });
}

/** Syft's own format: a list of artifacts. */
function syft(json: JsonFile, root: readonly string[]): readonly Dependency[] {
  return elementsOf(json.at(...root, 'artifacts')).flatMap((each, index) => packageListed({
    url: textIn(each, 'purl'), name: textIn(each, 'name'), version: textIn(each, 'version'), line: () => json.lineOf([...root, 'artifacts', index, 'name']),
  }));
}

/** CycloneDX in XML. */
export function sbomXml(file: TextFile): readonly Dependency[] {
  const bom = readXml(file).find(({ name }) => name === 'bom');
  const listed = [childOf(bom, 'components'), childOf(childOf(childOf(bom, 'metadata'), 'component'), 'components')].flatMap(list => list ? [list] : []);
  return descendants(listed, 'component').flatMap(component => {
    const textOf = (name: string) => childOf(component, name)?.text.replaceAll('&amp;', '&');
    const place: XmlElement = childOf(component, 'purl') ?? component;
    return packageListed({ url: textOf('purl'), group: textOf('group'), name: textOf('name'), version: textOf('version'), cpe: textOf('cpe'), isExcluded: textOf('scope') === 'excluded', line: () => file.lineAt(place.position) });
  });
}

/** The components, also nested ones. The subject of the whole bill of materials is not one of them. */
function cycloneDx(json: JsonFile, root: readonly string[]): readonly Dependency[] {
  const found: Dependency[] = [];
  const add = (path: readonly (string | number)[], list: unknown) => {
    if (path.length > DEEPEST) { throw new Error('it is nested too deep'); }
    elementsOf(list).forEach((component, index) => {
      if (!isObject(component)) { return; }
      const [url, place] = [textIn(component, 'purl'), [...path, index]];
      const line = () => json.lineOf(url === undefined ? place : [...place, 'purl']);
      found.push(...packageListed({
        url,
        line,
        group: textIn(component, 'group'),
        name: textIn(component, 'name'),
        version: textIn(component, 'version'),
        cpe: textIn(component, 'cpe'),
        isExcluded: textIn(component, 'scope') === 'excluded' || elementsOf(component.properties).some(each => OF_DEVELOPMENT.test(textIn(each, 'name') ?? '') && textIn(each, 'value') === 'true'),
      }));
      add([...place, 'components'], component.components);
    });
  };
  for (const path of [['components'], ['metadata', 'component', 'components']]) { add([...root, ...path], json.at(...root, ...path)); }
  return found;
}

/** SPDX 2: an external reference has the package URL. */
function spdx(json: JsonFile, root: readonly string[]): readonly Dependency[] {
  return elementsOf(json.at(...root, 'packages')).flatMap((each, index) => {
    const references = elementsOf(isObject(each) ? each.externalRefs : undefined).map(reference => textIn(reference, 'referenceLocator') ?? '');
    const at = references.findIndex(reference => reference.startsWith('pkg:'));
    const place = [...root, 'packages', index];
    return packageListed({
      url: references[at],
      name: textIn(each, 'name'),
      version: textIn(each, 'versionInfo'),
      cpe: references.find(reference => reference.startsWith('cpe:')),
      line: () => json.lineOf(at === -1 ? place : [...place, 'externalRefs', at, 'referenceLocator']),
    });
  });
}

/** SPDX 3: an element has the package URL itself, or as an identifier. */
function spdxGraph(json: JsonFile, root: readonly string[]): readonly Dependency[] {
  return elementsOf(json.at(...root, '@graph')).flatMap((each, index) => {
    const identifiers = elementsOf(isObject(each) ? each.externalIdentifier : undefined).map(identifier => textIn(identifier, 'identifier') ?? '');
    const url = textIn(each, 'software_packageUrl') ?? identifiers.find(identifier => identifier.startsWith('pkg:'));
    const isPackage = url !== undefined || textIn(each, 'type') === 'software_Package';
    return !isPackage ? [] : packageListed({
      url,
      name: textIn(each, 'name'),
      version: textIn(each, 'software_packageVersion'),
      cpe: identifiers.find(identifier => identifier.startsWith('cpe:')),
      line: () => json.lineOf([...root, '@graph', index]),
    });
  });
}
