import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { withoutComments } from './comments';
import { JsonFile, elementsOf, entriesOf, textIn } from './json';
import { TomlFile } from './toml';

/** `Cargo.lock`: a table for each crate. */
export function cargoLock(file: TextFile): readonly Dependency[] {
  return new TomlFile(file).packagesIn('package').map(({ name, version, line }) => ({ ecosystem: 'cargo', name, ...required(version), line }));
}

/** `Cargo.toml`: the requested versions, also those for some platforms. A version without an operator is a range. */
export function cargoManifest(file: TextFile): readonly Dependency[] {
  const toml = new TomlFile(file);
  const tables = [[], ['workspace'], ...toml.below('target')].flatMap(root => ['dependencies', 'dev-dependencies', 'build-dependencies'].map(kind => [...root, kind]));
  return tables.flatMap(path => entriesOf(toml.at(...path)).map(([name, wanted]): Dependency => ({
    ecosystem: 'cargo',
    name: textIn(wanted, 'package') ?? name,
    ...required(typeof wanted === 'string' ? wanted : textIn(wanted, 'version') ?? '', 'range'),
    ...forDevelopment(path[path.length - 1] === 'dev-dependencies'),
    line: () => toml.lineOfKey(path, name),
  })));
}

/** `conanfile.txt`, `conanfile.py` and `conan.lock`: `aws-sdk-cpp/1.9.234@user/channel#revision`. */
export function conanFile(file: TextFile): readonly Dependency[] {
  return [...withoutComments(file.text, '#').matchAll(/(?<![\w/.-])(aws-sdk-cpp|awssdk)\/(\[[^\]]{0,99}\]|[\w.+-]+)/g)].map(({ 1: name, 2: version, index }) =>
    ({ ecosystem: 'conan', name, ...required(version.startsWith('[') ? version.slice(1, -1) : version, version.startsWith('[') ? 'range' : 'exact'), line: () => file.lineAt(index) }));
}

/** `vcpkg.json`: an override pins a version, and a dependency has a least version. */
export function vcpkgManifest(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return ['overrides', 'dependencies'].flatMap(section => elementsOf(json.at(section)).flatMap((entry, index): readonly Dependency[] => {
    const name = typeof entry === 'string' ? entry : textIn(entry, 'name');
    const version = section === 'overrides' ? textIn(entry, 'version') ?? textIn(entry, 'version-string') : undefined;
    return name === undefined ? [] : [{ ecosystem: 'conan', name, ...required(version?.split('#')[0]), line: () => json.lineOf([section, index]) }];
  }));
}
