import type { TextFile } from '../text-file';
import { withoutComments } from './comments';

/** An assignment of a text to a name: `ext.awsVersion = '1.11.1'`, `val v by extra("1")`, `set('v', '1')`, `extra["v"] = "1"`. */
const ASSIGNED = /(?:^|[\s["'(])([A-Za-z_][\w.]*)(?:["']\])?(?:\s{0,20}=\s{0,20}|\s{1,20}by\s{1,20}extra\(\s{0,20}|["']\s{0,20},\s{0,20})["']([^"'$\n]+)["']/g;
/** A map of texts: `versions = [aws: '1.11.1']`. */
const MAP = /(?<![\w.])([A-Za-z_][\w.]*)\s{0,20}=\s{0,20}\[([^[\]]*)\]/g;
const ENTRY = /(?<!\w)([A-Za-z_]\w*)["']?\s{0,20}:\s{0,20}["']([^"'$\n]+)["']/g;
const PROPERTY = /^[ \t]*([\w.-]+)[ \t]*[=:][ \t]*(\S+)[ \t\r]*$/gm;
const APPLIED = /\bfrom\s{0,20}[:=(]\s{0,20}["'](?:\$\{?rootDir\}?\/)?([^"'$:]+)["']/g;

/** Other files with variables of a build: in its folder, and in the folders above. */
const PROPERTIES = ['gradle.properties', '../gradle.properties', '../../gradle.properties'];
const BUILDS = ['../build.gradle', '../build.gradle.kts', '../../build.gradle', '../../build.gradle.kts'];

/** The most variables with the same last part. */
const MOST_ALIKE = 50;

/** The variables with their texts, by the last part of their names. */
type Variables = ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;

/** The variables of a build: its own, else those of files that it applies and of builds above it. */
export class GradleVariables {
  private readonly levels: readonly (() => Variables)[];
  private readonly read = new Map<number, Variables>();

  public constructor(file: TextFile, text: string) {
    const inFiles = (paths: readonly string[], read: (text: string) => Variables) => paths.map(path => () => read(file.near(path) ?? ''));
    const assigned = (paths: readonly string[]) => inFiles(paths, each => assignedIn(withoutComments(each, '//')));
    const above = BUILDS.map(path => path.slice(0, path.lastIndexOf('/') + 1));
    const byBuild = BUILDS.map((path, index) => () => appliedIn(file.near(path) ?? '').map(each => above[index] + each)
      .map(each => assignedIn(withoutComments(file.near(each) ?? '', '//'))).find(({ size }) => size > 0) ?? new Map());
    this.levels = [() => assignedIn(text), ...inFiles(PROPERTIES, propertiesIn), ...assigned([...appliedIn(text).flatMap(path => [path, `../${path}`]), ...BUILDS]), ...byBuild];
  }

  /** The text of a variable. `undefined` if no variable, or more than one, fits the reference. */
  public valueOf(reference: string): string | undefined {
    const name = /["']([\w.]+)["']/.exec(reference)?.[1] ?? reference;
    for (const [index, level] of this.levels.entries()) {
      const alike = (this.read.get(index) ?? this.keep(index, level())).get(lastOf(name)) ?? [];
      const same = alike.filter(([each]) => each === name || each.endsWith(`.${name}`) || name.endsWith(`.${each}`));
      const values = new Set((same.length > 0 ? same : alike).map(([, value]) => value));
      if (values.size > 0) { return values.size === 1 ? [...values][0] : undefined; }
    }
    return undefined;
  }

  private keep(index: number, variables: Variables): Variables {
    this.read.set(index, variables);
    return variables;
  }
}

/** The paths of the files that a build applies, relative to its folder. */
function appliedIn(text: string): readonly string[] {
  return [...text.matchAll(APPLIED)].slice(0, 10).map(([, path]) => path);
}

function assignedIn(text: string): Variables {
  const inMaps = [...text.matchAll(MAP)].flatMap(({ 1: map, 2: entries }) => [...entries.matchAll(ENTRY)].map(({ 1: key, 2: value }) => [`${map}.${key}`, value] as const));
  return byLastPart([...[...text.matchAll(ASSIGNED)].map(({ 1: name, 2: value }) => [name, value] as const), ...inMaps]);
}

function propertiesIn(text: string): Variables {
  return byLastPart([...text.matchAll(PROPERTY)].map(({ 1: name, 2: value }) => [name, value] as const));
}

function byLastPart(all: readonly (readonly [string, string])[]): Variables {
  const found = new Map<string, (readonly [string, string])[]>();
  for (const variable of all) {
    const alike = found.get(lastOf(variable[0])) ?? [];
    if (alike.length < MOST_ALIKE) { alike.push(variable); }
    found.set(lastOf(variable[0]), alike);
  }
  return found;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
