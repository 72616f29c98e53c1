import type { YamlNode } from '../../userdata/documents/yaml';
import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { pythonRequirement } from './requirements';
import { yamlAt, yamlOf } from './yaml';

/** `environment.yml` of conda: a list of packages, which can contain a list for pip. */
export function condaEnvironment(file: TextFile): readonly Dependency[] {
  const lineOf = ({ position }: YamlNode) => file.lineAt(position);
  return yamlOf(file).flatMap(root => yamlAt(root, 'dependencies')?.elements ?? []).flatMap(element => {
    const forPip = yamlAt(element, 'pip')?.elements ?? [];
    return [...condaRequirement(element.text, lineOf(element)), ...forPip.flatMap(each => pythonRequirement(each.text, lineOf(each)))];
  });
}

/** A requirement of conda. `=1.9.66` and ` 1.9.66` are a version. With fewer numbers, they are all versions that start with them. */
export function condaRequirement(text: string, line: number): readonly Dependency[] {
  const asForPip = text.replace(/(?:(?<![=<>!~\s])=|\s{1,9}(?=[\d.]+(?:\s|$)))(\d[\w.]{0,99})(?:[=\s]\S{0,99})?$/, (_, version: string) => `==${version.split('.').length > 2 ? version : `${version}.*`}`);
  return pythonRequirement(asForPip.replace(/^[\w-]+::/, ''), line);
}

/** `conda-lock.yml`. conda-lock sorts the keys, so the name and the version are on separate lines. The file is too large for the YAML parser. */
export function condaLock(file: TextFile): readonly Dependency[] {
  let name: string | undefined;
  return file.lines.flatMap((line, index): readonly Dependency[] => {
    const [, key, value] = /^[- ] (name|version): *["']?([^"'\s]+)/.exec(line) ?? [];
    if (key === 'name' || line.startsWith('-')) { name = key === 'name' ? value : undefined; }
    return key !== 'version' || name === undefined ? [] : [{ ecosystem: 'pypi', name, ...required(value), line: () => index + 1 }];
  });
}
