import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import { TextFile } from '../text-file';
import { required } from '../version-range';
import type { XmlElement } from './xml';
import { childOf, descendants, readXml } from './xml';

/** The most parents of a pom that are read. */
const MOST_PARENTS = 8;

/** A pom, and the poms that it inherits from. */
class Pom {
  private readonly project: XmlElement | undefined;
  public readonly parent: Pom | undefined;
  private readonly properties: ReadonlyMap<string, string>;
  /** The managed versions, by group and artifact. A BOM is here by its group alone. Child poms resolve the properties in them. */
  private readonly managed = new Map<string, string>();

  public constructor(private readonly file: TextFile, depth = 0) {
    this.project = readXml(file).find(({ name }) => name === 'project');
    this.parent = depth < MOST_PARENTS ? this.parentPom(depth) : undefined;
    const listed = propertiesOf(childOf(this.project, 'properties')?.children ?? []);
    const ofProfiles = descendants(childOf(this.project, 'profiles')?.children ?? [], 'properties').flatMap(({ children }) => children);
    this.properties = new Map([...propertiesOf(ofProfiles), ...listed]);
    for (const dependency of this.managing) {
      const name = this.nameOf(dependency);
      this.managed.set(this.textOf(dependency, 'scope') === 'import' ? name.split(':', 1)[0] : name, childOf(dependency, 'version')?.text ?? '');
    }
  }

  /**
   * The dependencies. A managed version is not a dependency itself. But a managed package that nothing here uses, such as a BOM, is listed by itself.
   */
  public get dependencies(): readonly Dependency[] {
    const managing = new Set(this.managing);
    const all = descendants(this.project ? [this.project] : [], 'dependency').map(dependency => ({ dependency, name: this.nameOf(dependency) }));
    const used = new Set(all.filter(({ dependency }) => !managing.has(dependency)).map(({ name }) => name));
    return all.filter(({ dependency, name }) => !managing.has(dependency) || !used.has(name)).flatMap(({ dependency, name }) => {
      const own = childOf(dependency, 'version');
      const isOnlyManaged = managing.has(dependency) && this.textOf(dependency, 'scope') !== 'import';
      const requirement = isOnlyManaged ? { leftOpen: 'its version is managed, but nothing here depends on it' } : this.versionOf(name, own);
      return /^:|:$/.test(name) ? [] : [{ ecosystem: 'maven' as const, name, ...requirement, ...forDevelopment(this.textOf(dependency, 'scope') === 'test'), line: () => this.file.lineAt((own ?? dependency).position) }];
    });
  }

  private nameOf(dependency: XmlElement): string {
    return `${this.textOf(dependency, 'groupId')}:${this.textOf(dependency, 'artifactId')}`;
  }

  private versionOf(name: string, own: XmlElement | undefined): ReturnType<typeof required> {
    const version = own?.text ?? this.managedVersion(name);
    if (version === undefined) { return { leftOpen: 'its version is managed in a file that was not found' }; }
    const resolved = this.resolved(version);
    const property = /\$\{([^${}]{1,80})\}/.exec(resolved)?.[1];
    return property === undefined ? required(resolved) : { leftOpen: `its version is the property ${property.trim()}, which is not set here`, range: resolved };
  }

  /** The managed version of an artifact, from this pom or its parents. */
  private managedVersion(name: string): string | undefined {
    return this.managed.get(name) ?? this.managed.get(name.split(':', 1)[0]) ?? this.parent?.managedVersion(name);
  }

  private get managing(): readonly XmlElement[] {
    return descendants(this.project ? [this.project] : [], 'dependencyManagement').flatMap(({ children }) => descendants(children, 'dependency'));
  }

  private textOf(element: XmlElement, name: string): string {
    return this.resolved(childOf(element, name)?.text ?? '');
  }

  /** A text with its properties resolved, also nested ones. Unknown properties stay as they are. */
  private resolved(text: string): string {
    let [before, resolved] = ['', text];
    for (let turn = 0; turn < MOST_PARENTS && resolved !== before && resolved.length < 1000; turn++) {
      before = resolved;
      resolved = resolved.replace(/\$\{([^${}]+)\}/g, (whole, name: string) => this.property(name.trim()) ?? whole);
    }
    return resolved;
  }

  private property(name: string): string | undefined {
    const own = this.properties.get(name);
    if (own !== undefined) { return own; }
    const [, ofParent, field] = /^(?:project|pom)\.(parent\.)?(version|groupId)$/.exec(name) ?? [];
    if (field === undefined) { return this.parent?.property(name); }
    const parent = childOf(this.project, 'parent');
    return (ofParent ? undefined : childOf(this.project, field)?.text) ?? childOf(parent, field)?.text;
  }

  /** The pom of the parent, if it is at its `relativePath`. */
  private parentPom(depth: number): Pom | undefined {
    const parent = childOf(this.project, 'parent');
    if (!parent) { return undefined; }
    const relativePath = childOf(parent, 'relativePath')?.text ?? '../pom.xml';
    const path = relativePath.endsWith('.xml') ? relativePath : `${relativePath}/pom.xml`;
    const text = relativePath === '' ? undefined : this.file.near(path);
    if (text === undefined) { return undefined; }
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    try {
      return new Pom(new TextFile(path, text, name => this.file.near(folder + name)), depth + 1);
    } catch {
      return undefined;
    }
  }
}

/** The properties. A property with several values is left out, because a profile decides then. */
function propertiesOf(elements: readonly XmlElement[]): ReadonlyMap<string, string> {
  const found = new Map<string, string | undefined>();
  for (const { name, text } of elements) { found.set(name, found.has(name) && found.get(name) !== text ? undefined : text); }
  return new Map([...found].flatMap(([name, text]) => text === undefined ? [] : [[name, text] as const]));
}

/** `pom.xml`: its dependencies and managed versions, with properties, BOMs, and parents in the scanned folder. */
export function mavenPom(file: TextFile): readonly Dependency[] {
  return new Pom(file).dependencies;
}

/** `pom.properties` in a JAR. */
export function mavenProperties(file: TextFile): readonly Dependency[] {
  const valueOf = (key: string) => new RegExp(`^${key}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(file.text);
  const [group, artifact, version] = [valueOf('groupId'), valueOf('artifactId'), valueOf('version')];
  if (!group || !artifact || !version) { return []; }
  return [{ ecosystem: 'maven', name: `${group[1]}:${artifact[1]}`, ...required(version[1]), line: () => file.lineAt(version.index) }];
}
