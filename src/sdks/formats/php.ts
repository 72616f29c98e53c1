import type { Dependency } from '../dependency';
import { forDevelopment } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { JsonFile, elementsOf, entriesOf, textIn } from './json';

/** `composer.lock`, and `vendor/composer/installed.json`, which was a plain list in older versions. */
export function composerLock(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  const unshipped = new Set(elementsOf(json.at('dev-package-names')));
  const lists = [['packages'], ['packages-dev'], []].map(path => ({ path, list: path.length === 0 ? json.content : json.at(...path) }));
  return lists.flatMap(({ path, list }) => elementsOf(list).flatMap((entry, index): readonly Dependency[] => {
    const name = textIn(entry, 'name');
    return name === undefined ? [] : [{ ecosystem: 'composer', name, ...required(textIn(entry, 'version')), ...forDevelopment(path[0] === 'packages-dev' || unshipped.has(name)), line: () => json.lineOf([...path, index, 'version']) }];
  }));
}

/** `composer.json`: the requested versions. */
export function composerManifest(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return ['require', 'require-dev'].flatMap(section => entriesOf(json.at(section)).map(([name, wanted]): Dependency =>
    ({ ecosystem: 'composer', name, ...required(wanted), ...forDevelopment(section === 'require-dev'), line: () => json.lineOf([section, name]) })));
}
