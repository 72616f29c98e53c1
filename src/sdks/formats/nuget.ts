import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { JsonFile, entriesOf, textIn } from './json';
import type { XmlElement } from './xml';
import { childOf, descendants, readXml } from './xml';

/** The most folders above a project in which `Directory.Packages.props` and similar files are searched. */
const MOST_FOLDERS = 8;

/** `packages.lock.json`: the chosen versions for each framework. */
export function nugetLock(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return entriesOf(json.at('dependencies')).flatMap(([framework, packages]) => entriesOf(packages).flatMap(([name, entry]): readonly Dependency[] => {
    const version = textIn(entry, 'resolved');
    return version === undefined ? [] : [{ ecosystem: 'nuget', name, ...required(version), line: () => json.lineOf(['dependencies', framework, name, 'resolved']) }];
  }));
}

/** `project.assets.json`, and the `*.deps.json` of a published program. Their keys have the version after a slash. */
export function nugetAssets(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return entriesOf(json.at('libraries')).flatMap(([key, entry]): readonly Dependency[] => {
    const [name, version] = key.split('/');
    return version === undefined || textIn(entry, 'type') === 'project' ? [] : [{ ecosystem: 'nuget', name, ...required(version), line: () => json.lineOf(['libraries', key]) }];
  });
}

/** `*.nuspec`: the package itself. */
export function nugetPackage(file: TextFile): readonly Dependency[] {
  const metadata = childOf(readXml(file).find(({ name }) => name === 'package'), 'metadata');
  const [id, version] = [childOf(metadata, 'id'), childOf(metadata, 'version')];
  return id && version ? [{ ecosystem: 'nuget', name: id.text, ...required(version.text), line: () => file.lineAt(version.position) }] : [];
}

/** A project, or `Directory.Packages.props`. NuGet chooses the lowest allowed version, so a single version is the one that it uses. */
export function nugetProject(file: TextFile): readonly Dependency[] {
  const elements = readXml(file);
  const properties = propertiesOf(elements);
  const above = new Map<string, string>();
  for (const name of ['Directory.Build.props', 'Directory.Packages.props']) {
    const text = inFoldersAbove(file, name);
    if (text !== undefined) { propertiesOf(readable(text)).forEach((value, key) => above.set(key, value)); }
  }
  const resolved = (text: string) => text.replace(/\$\(([\w.]+)\)/g, (whole, name: string) => properties.get(name) ?? above.get(name) ?? whole);
  const isManaged = inFoldersAbove(file, 'Directory.Packages.props') !== undefined;
  return ['PackageReference', 'PackageVersion', 'GlobalPackageReference', 'package'].flatMap(kind => descendants(elements, kind).flatMap((element): readonly Dependency[] => {
    const { attributes, position } = element;
    const name = attributes.Include ?? attributes.Update ?? attributes.id;
    const versionText = attributes.Version ?? attributes.VersionOverride ?? attributes.version ?? childOf(element, 'Version')?.text ?? childOf(element, 'VersionOverride')?.text;
    if (name === undefined || (versionText === undefined && isManaged)) { return []; }
    return name.split(';').map((each): Dependency => ({ ecosystem: 'nuget', name: each.trim(), ...required(leastOf(resolved(versionText ?? ''))), ...forDevelopment(attributes.developmentDependency === 'true'), line: () => file.lineAt(position) }));
  })).concat(descendants(elements, 'Reference').flatMap(element => referred(element, () => file.lineAt(element.position))));
}

/**
 * A referenced library. Its folder contains the package version. Otherwise, its own version has two numbers of it. The packages that were restored
 * count first.
 */
function referred(element: XmlElement, line: () => number): readonly Dependency[] {
  const [, name, ofLibrary] = /^(AWSSDK(?:\.\w+)*|AWSPowerShell(?:\.NetCore)?)(?:,[^]*?Version=(\d{1,9}\.\d{1,9}))?/.exec(element.attributes.Include ?? '') ?? [];
  if (name === undefined) { return []; }
  const [, ofPackage] = /[\\/]AWS[\w.]{1,99}?\.(\d{1,9}(?:\.\d{1,9}){2,3})[\\/]/.exec(childOf(element, 'HintPath')?.text ?? '') ?? [];
  const range = ofPackage ?? (ofLibrary === undefined ? '' : `${ofLibrary}.*`);
  return [{ ecosystem: 'nuget', name, leftOpen: 'a project refers to a library, whose package is not seen here', range, line }];
}

/** The lowest version of a range, which is the one that NuGet chooses. */
function leastOf(requirement: string): string {
  return /^\[([^,\]]+),[^,]*[\])]$/.exec(requirement.trim())?.[1].trim() ?? requirement;
}

function propertiesOf(elements: readonly XmlElement[]): Map<string, string> {
  return new Map(descendants(elements, 'PropertyGroup').flatMap(({ children }) => children).map(({ name, text }) => [name, text]));
}

function inFoldersAbove(file: TextFile, name: string): string | undefined {
  for (let folders = 0; folders < MOST_FOLDERS; folders++) {
    const text = file.near('../'.repeat(folders) + name);
    if (text !== undefined) { return text; }
  }
  return undefined;
}

function readable(text: string): readonly XmlElement[] {
  try {
    return readXml({ text });
  } catch {
    return [];
  }
}
