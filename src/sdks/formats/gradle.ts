import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { withoutComments } from './comments';
import { entriesOf, textIn } from './json';
import { TomlFile } from './toml';

const COORDINATES = /^([\w.-]+):([\w.-]+):([^:=\s@]+)=/;
const IN_QUOTES = /(["'])([\w.-]+):([\w.-]+)(?::([^"':@]+))?(?::[\w-]+)?(?:@\w+)?\1/g;
const BY_NAME = /group\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["'](?:\s*,\s*version\s*[:=]\s*["']([^"']+)["'])?/g;
const VARIABLE = /(?:^|\s)([A-Za-z_][\w.]*)\s*=\s*["']([^"'$]+)["']/gm;
const PROPERTY = /^[ \t]*([\w.-]+)[ \t]*[=:][ \t]*(\S+)[ \t\r]*$/gm;

/** `gradle.lockfile`: a module on each line, with the configurations that it is in. */
export function gradleLock(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => {
    const [, group, artifact, version] = COORDINATES.exec(line) ?? /^([\w.-]+):([\w.-]+):([^:=\s@]+)\s*$/.exec(line) ?? [];
    return group === undefined ? [] : [{ ecosystem: 'maven', name: `${group}:${artifact}`, ...required(version), line: () => index + 1 }];
  });
}

/** `build.gradle` and `build.gradle.kts`: modules in quotes, and variables for their versions; nothing of it is run. */
export function gradleBuild(file: TextFile): readonly Dependency[] {
  const text = withoutComments(file.text, '//');
  const variables = new Map([
    ...[...(file.near('gradle.properties') ?? file.near('../gradle.properties') ?? '').matchAll(PROPERTY)].map(([, name, value]) => [name, value] as const),
    ...[...text.matchAll(VARIABLE)].map(([, name, value]) => [name.slice(name.lastIndexOf('.') + 1), value] as const),
  ]);
  const valueOf = (whole: string, name: string) => variables.get(name) ?? variables.get(name.slice(name.lastIndexOf('.') + 1)) ?? whole;
  const module = (group: string, artifact: string, version: string | undefined, position: number): Dependency => {
    const said = version?.replace(/\$\{([^{}]+)\}|\$([A-Za-z_][\w.]*)/g, (whole, braced: string | undefined, plain: string) => valueOf(whole, (braced ?? plain).trim()));
    return { ecosystem: 'maven', name: `${group}:${artifact}`, ...required(said), line: () => file.lineAt(position) };
  };
  return [
    ...[...text.matchAll(IN_QUOTES)].map(({ 2: group, 3: artifact, 4: version, index }) => module(group, artifact, version, index)),
    ...[...text.matchAll(BY_NAME)].map(({ 1: group, 2: artifact, 3: version, index }) => module(group, artifact, version, index)),
  ];
}

/** `build.sbt`, and what Leiningen and the tools of Clojure read: a group, an artifact and a version in a row. */
export function scalaBuild(file: TextFile): readonly Dependency[] {
  const text = withoutComments(file.text, /\.(?:clj|edn)$/.test(file.name) ? ';' : '//');
  const variables = new Map([...text.matchAll(/\bval\s+(\w+)\s*(?::\s*String\s*)?=\s*"([^"]+)"/g)].map(({ 1: name, 2: value }) => [name, value] as const));
  const rows = [...text.matchAll(/"([\w.-]+)"\s*%%?\s*"([\w.-]+)"\s*%\s*(?:"([^"]+)"|([\w.]+))/g), ...text.matchAll(/[[\s]([\w.-]+)\/([\w.-]+)\s+(?:\{:mvn\/version\s+)?"([^"]+)"/g)];
  return rows.map(({ 1: group, 2: artifact, 3: version, 4: name, index }) => ({
    ecosystem: 'maven', name: `${group}:${artifact}`, ...required(version ?? variables.get(name?.slice(name.lastIndexOf('.') + 1) ?? '')), line: () => file.lineAt(index),
  }));
}

/** `libs.versions.toml`: libraries, and versions that they refer to. */
export function gradleCatalog(file: TextFile): readonly Dependency[] {
  const toml = new TomlFile(file);
  return entriesOf(toml.at('libraries')).flatMap(([key, entry]): readonly Dependency[] => {
    const [group, artifact, inText] = (typeof entry === 'string' ? entry : textIn(entry, 'module') ?? `${textIn(entry, 'group')}:${textIn(entry, 'name')}`).split(':');
    const said = entriesOf(entry).find(([name]) => name === 'version')?.[1] ?? inText;
    const reference = textIn(said, 'ref');
    const rich = reference === undefined ? said : toml.at('versions', reference);
    const version = textIn(rich, 'strictly') ?? textIn(rich, 'require') ?? textIn(rich, 'prefer') ?? rich;
    const line = () => toml.lineOfKey(key);
    return artifact === undefined ? [] : [{ ecosystem: 'maven', name: `${group}:${artifact}`, ...required(typeof version === 'string' ? version : ''), line }];
  });
}
