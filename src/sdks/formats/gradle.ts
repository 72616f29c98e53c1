import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import type { TextFile } from '../text-file';
import { pinned, required } from '../version-range';
import { withoutComments } from './comments';
import { GradleVariables } from './gradle-variables';
import { entriesOf, textIn } from './json';
import { TomlFile } from './toml';

const COORDINATES = /^([\w.-]+):([\w.-]+):([^:=\s@]+)=/;
const IN_QUOTES = /(["'])([\w.-]+):([\w.-]+)(?::((?:\$\{[^{}\n]{1,80}\}|[^"':@$]|\$(?!\{)){1,200}))?(?::[\w-]+)?(?:@\w+)?\1/g;
const BY_NAME = /group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["'](?:\s*,\s*version\s*[:=]\s*(?:["']([^"']+)["']|([A-Za-z_][\w.]*)))?/g;
/** A dependency in two parts: `'group:artifact:' + version`. In Kotlin: `("group", "artifact", "version")`. */
const IN_PARTS = /(["'])([\w.-]+):([\w.-]+):\1\s*\+\s*([A-Za-z_][\w.]*)/g;
const IN_ORDER = /\(\s*"([\w.-]+)"\s*,\s*"([\w.-]+)"(?:\s*,\s*(?:"([^"]+)"|([A-Za-z_][\w.]*)))?\s*\)/g;
/** The names of configurations for tests, such as `testImplementation` and `integrationTestRuntimeClasspath`. */
const FOR_TESTS = /^(?:test|[a-z]\w{0,40}Test)(?![a-z])/;
const RICH = /^[\s)]{0,20}\{\s{0,40}version\s{0,40}\{\s{0,40}(?:strictly|require|prefer)[\s(]{0,40}(?:["']([^"']{1,99})["']|([A-Za-z_][\w.]{0,99}))/;

/** `gradle.lockfile`: a module on each line, with its configurations. */
export function gradleLock(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => {
    const [, group, artifact, version] = COORDINATES.exec(line) ?? /^([\w.-]+):([\w.-]+):([^:=\s@]+)\s*$/.exec(line) ?? [];
    return group === undefined ? [] : [{ ecosystem: 'maven', name: `${group}:${artifact}`, ...required(version), ...forDevelopment(isForTests(line)), line: () => index + 1 }];
  });
}

/** Whether a module is only in configurations for tests. */
function isForTests(line: string): boolean {
  const configurations = line.slice(line.indexOf('=') + 1).trim().split(',');
  return line.includes('=') && configurations.every(each => FOR_TESTS.test(each));
}

/** `*.gradle` and `*.gradle.kts`: modules in quotes, and variables with their versions. Nothing is executed. */
export function gradleBuild(file: TextFile): readonly Dependency[] {
  const text = withoutComments(file.text, '//');
  const variables = new GradleVariables(file, text);
  const valueOf = (whole: string, braced: string | undefined, plain: string) => variables.valueOf((braced ?? plain).trim()) ?? whole;
  const module = (group: string, artifact: string, version: string | undefined, position: number): Dependency => {
    const resolved = version?.replace(/\$\{([^{}]+)\}|\$([A-Za-z_][\w.]*)/g, valueOf);
    return { ecosystem: 'maven', name: `${group}:${artifact}`, ...required(resolved?.replace(/!!$/, '')), ...forDevelopment(isInTests(text, position)), line: () => file.lineAt(position) };
  };
  return [
    ...[...text.matchAll(IN_QUOTES)].map(({ 0: whole, 2: group, 3: artifact, 4: version, index }) =>
      module(group, artifact, version ?? richVersion(text, index + whole.length), index)),
    ...[...text.matchAll(IN_PARTS)].map(({ 2: group, 3: artifact, 4: variable, index }) => module(group, artifact, referenceTo(variable), index)),
    ...[BY_NAME, IN_ORDER].flatMap(form => [...text.matchAll(form)])
      .map(({ 1: group, 2: artifact, 3: version, 4: variable, index }) => module(group, artifact, version ?? referenceTo(variable), index)),
  ];
}

/** Whether the configuration before a module is for tests. */
function isInTests(text: string, position: number): boolean {
  const [, configuration = ''] = /([A-Za-z]\w{0,60})[\s("']{1,9}(?:platform\s{0,9}\(\s{0,9})?$/.exec(text.slice(Math.max(position - 90, 0), position)) ?? [];
  return FOR_TESTS.test(configuration);
}

/** The version in braces after a module: `{ version { strictly '1.11.6' } }`. */
function richVersion(text: string, end: number): string | undefined {
  const [, version, variable] = RICH.exec(text.slice(end, end + 300)) ?? [];
  return version ?? referenceTo(variable);
}

/** The name of a variable in a text, without quotes. */
function referenceTo(variable: string | undefined): string | undefined {
  return variable === undefined ? undefined : `\${${variable}}`;
}

/** `build.sbt`, and the files of Leiningen and the tools of Clojure: a group, an artifact and a version in sequence. */
export function scalaBuild(file: TextFile): readonly Dependency[] {
  const text = withoutComments(file.text, /\.(?:clj|edn)$/.test(file.name) ? ';' : '//');
  const variables = new Map([...text.matchAll(/\bval\s+(\w+)\s*(?::\s*String\s*)?=\s*"([^"]+)"/g)].map(({ 1: name, 2: value }) => [name, value] as const));
  const rows = [...text.matchAll(/"([\w.-]+)"\s*%%?\s*"([\w.-]+)"\s*%\s*(?:"([^"]+)"|([\w.]+))/g), ...text.matchAll(/[[\s]([\w.-]+)\/([\w.-]+)\s+(?:\{:mvn\/version\s+)?"([^"]+)"/g)];
  return rows.map(({ 0: row, 1: group, 2: artifact, 3: version, 4: name, index }) => ({
    ecosystem: 'maven',
    name: `${group}:${artifact}`,
    ...required(version ?? variables.get(name?.slice(name.lastIndexOf('.') + 1) ?? '')),
    ...forDevelopment(/^\s{0,9}%\s{0,9}(?:"test"|Test\b)/.test(text.slice(index + row.length, index + row.length + 40))),
    line: () => file.lineAt(index),
  }));
}

/** `libs.versions.toml`: libraries, and the versions that they refer to. */
export function gradleCatalog(file: TextFile): readonly Dependency[] {
  const toml = new TomlFile(file);
  return entriesOf(toml.at('libraries')).flatMap(([key, entry]): readonly Dependency[] => {
    const [group, artifact, inText] = (typeof entry === 'string' ? entry : textIn(entry, 'module') ?? `${textIn(entry, 'group')}:${textIn(entry, 'name')}`).split(':');
    const versionEntry = entriesOf(entry).find(([name]) => name === 'version')?.[1] ?? inText;
    const reference = textIn(versionEntry, 'ref');
    const version = reference === undefined ? versionEntry : toml.at('versions', reference);
    const line = () => toml.lineOfKey(['libraries'], key);
    return artifact === undefined ? [] : [{ ecosystem: 'maven', name: `${group}:${artifact}`, ...required(catalogVersion(version)), line }];
  });
}

/** A version, or a table with a strict, required or preferred version. */
function catalogVersion(version: unknown): unknown {
  if (typeof version === 'string') { return version.replace(/!!$/, ''); }
  const versions = ['strictly', 'require', 'prefer'].map(key => textIn(version, key)).filter(text => text !== undefined);
  return versions.find(text => pinned(text) !== undefined) ?? versions[0];
}
