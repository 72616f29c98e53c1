import type { YamlNode } from '../../userdata/documents/yaml';
import { readYaml } from '../../userdata/documents/yaml';
import type { TextFile } from '../text-file';

/**
 * The documents of a YAML file that people write by hand.
 *
 * @throws Error if it is not YAML, or is too large for a file that a person wrote
 */
export function yamlOf(file: TextFile): readonly YamlNode[] {
  const documents = readYaml(file.text);
  if (!documents) { throw new Error('it is not valid YAML, or it is too large'); }
  return documents.map(({ root }) => root);
}

/** The node at a path of keys. `undefined` if there is none. */
export function yamlAt(node: YamlNode | undefined, ...keys: readonly string[]): YamlNode | undefined {
  return keys.reduce<YamlNode | undefined>((found, key) => found?.entries.find(([name]) => name === key)?.[1], node);
}
