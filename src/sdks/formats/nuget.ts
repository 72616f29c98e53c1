import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { JsonFile, entriesOf, textIn } from './json';
import type { XmlElement } from './xml';
import { childOf, descendants, readXml } from './xml';

/** As many folders as are looked at above a project, for the files of all its neighbours. */
const MOST_FOLDERS = 8;

/** `packages.lock.json`: what was chosen, for each framework. */
export function nugetLock(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return entriesOf(json.at('dependencies')).flatMap(([framework, packages]) => entriesOf(packages).flatMap(([name, entry]): readonly Dependency[] => {
    const version = textIn(entry, 'resolved');
    return version === undefined ? [] : [{ ecosystem: 'nuget', name, ...required(version), line: () => json.lineOf(['dependencies', framework, name, 'resolved']) }];
  }));
}

/** `project.assets.json`, and the `*.deps.json` of a published program: the names have the version behind a slash. */
export function nugetAssets(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return entriesOf(json.at('libraries')).flatMap(([key, entry]): readonly Dependency[] => {
    const [name, version] = key.split('/');
    return version === undefined || textIn(entry, 'type') === 'project' ? [] : [{ ecosystem: 'nuget', name, ...required(version), line: () => json.lineOf(['libraries', key]) }];
  });
}

/** `*.nuspec`: what a package is. */
export function nugetPackage(file: TextFile): readonly Dependency[] {
  const metadata = childOf(readXml(file).find(({ name }) => name === 'package'), 'metadata');
  const [id, version] = [childOf(metadata, 'id'), childOf(metadata, 'version')];
  return id && version ? [{ ecosystem: 'nuget', name: id.text, ...required(version.text), line: () => file.lineAt(version.position) }] : [];
}

/** A project, or `Directory.Packages.props`. NuGet takes the least version that it may, so that one written alone is that. */
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
    const said = attributes.Version ?? attributes.VersionOverride ?? attributes.version ?? childOf(element, 'Version')?.text ?? childOf(element, 'VersionOverride')?.text;
    if (name === undefined || (said === undefined && isManaged)) { return []; }
    return name.split(';').map((each): Dependency => ({ ecosystem: 'nuget', name: each.trim(), ...required(leastOf(resolved(said ?? ''))), ...forDevelopment(attributes.developmentDependency === 'true'), line: () => file.lineAt(position) }));
  })).concat(descendants(elements, 'Reference').flatMap(element => referred(element, () => file.lineAt(element.position))));
}

/** A library that a project refers to: the folder that it is in has the version of its package, else its own has two numbers of it. What restored it counts before. */
function referred(element: XmlElement, line: () => number): readonly Dependency[] {
  const [, name, ofLibrary] = /^(AWSSDK(?:\.\w+)*|AWSPowerShell(?:\.NetCore)?)(?:,[^]*?Version=(\d{1,9}\.\d{1,9}))?/.exec(element.attributes.Include ?? '') ?? [];
  if (name === undefined) { return []; }
  const [, ofPackage] = /[\\/]AWS[\w.]{1,99}?\.(\d{1,9}(?:\.\d{1,9}){2,3})[\\/]/.exec(childOf(element, 'HintPath')?.text ?? '') ?? [];
  const range = ofPackage ?? (ofLibrary === undefined ? '' : `${ofLibrary}.*`);
  return [{ ecosystem: 'nuget', name, leftOpen: 'a project refers to a library, whose package is not seen here', range, line }];
}

/** NuGet takes the least version that a range has in it. */
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
