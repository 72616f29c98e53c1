import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { JsonFile, entriesOf, textIn } from './json';
import { TomlFile } from './toml';

/** `name[extra] ==1.2.3 ; marker`, as PEP 508 has it. */
const REQUIREMENT = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:\(([^)]*)\)|(@.*|[=<>!~][^;#]*)?)/;

/** `requirements.txt`, and constraints: a requirement on each line, which a backslash continues. */
export function requirementsText(file: TextFile): readonly Dependency[] {
  const found: Dependency[] = [];
  let [logical, first] = ['', 0];
  file.lines.forEach((line, index) => {
    if (logical === '') { first = index + 1; }
    const continues = /\\\s*$/.test(line);
    logical += continues ? `${line.replace(/\\\s*$/, '')} ` : line;
    if (continues) { return; }
    found.push(...pythonRequirement(logical, first));
    logical = '';
  });
  return found;
}

/** A requirement as it is written for pip. */
export function pythonRequirement(text: string, line: number): readonly Dependency[] {
  const [, name, inBrackets, plain = inBrackets ?? ''] = REQUIREMENT.exec(text.replace(/(?:^|\s)#[^]*$/, '').trim()) ?? [];
  if (name === undefined) { return []; }
  const requirement = plain.replace(/\s--\S[^]*$/, '').trim();
  return [{ ecosystem: 'pypi', name, ...required(requirement, 'range'), line: () => line }];
}

/** `poetry.lock`, `uv.lock` and `pdm.lock`: a table for each package. */
export function pythonLock(file: TextFile): readonly Dependency[] {
  return new TomlFile(file).packagesIn('package').map(({ name, version, line }) => ({ ecosystem: 'pypi', name, ...required(version), line }));
}

/** `Pipfile.lock`: a requirement for each package, in sections. */
export function pipfileLock(file: TextFile): readonly Dependency[] {
  const json = new JsonFile(file);
  return entriesOf(json.content).filter(([section]) => section !== '_meta').flatMap(([section, packages]) => entriesOf(packages).map(([name, entry]): Dependency =>
    ({ ecosystem: 'pypi', name, ...required(textIn(entry, 'version'), 'range'), line: () => json.lineOf([section, name, 'version']) })));
}

/** `pyproject.toml` and `Pipfile`: what is asked for. */
export function pythonManifest(file: TextFile): readonly Dependency[] {
  const toml = new TomlFile(file);
  const tables = [
    toml.at('packages'), toml.at('dev-packages'), toml.at('tool', 'poetry', 'dependencies'), toml.at('tool', 'poetry', 'dev-dependencies'),
    ...entriesOf(toml.at('tool', 'poetry', 'group')).map(([, group]) => entriesOf(group).find(([key]) => key === 'dependencies')?.[1]),
  ];
  const lists = [
    toml.at('project', 'dependencies'), ...entriesOf(toml.at('project', 'optional-dependencies')).map(([, list]) => list),
    ...entriesOf(toml.at('dependency-groups')).map(([, list]) => list),
  ];
  return [
    ...tables.flatMap(entriesOf).map(([name, wanted]): Dependency =>
      ({ ecosystem: 'pypi', name, ...poetryVersion(wanted), line: () => toml.lineOfKey(name) })),
    ...lists.flatMap(list => Array.isArray(list) ? list as unknown[] : []).flatMap(text => typeof text === 'string'
      ? pythonRequirement(text, 1).map((found): Dependency => ({ ...found, line: () => toml.lineOfText(text) })) : []),
  ];
}

/** The metadata of an installed package: `METADATA`, `PKG-INFO`. */
export function pythonMetadata(file: TextFile): readonly Dependency[] {
  const head = file.text.slice(0, 5_000);
  const [name, version] = [/^Name:\s*(\S+)\s*$/m.exec(head)?.[1], /^Version:\s*(\S+)\s*$/m.exec(head)];
  return name === undefined || !version ? [] : [{ ecosystem: 'pypi', name, ...required(version[1]), line: () => file.lineAt(version.index) }];
}

/** `setup.py`: requirements in quotes; nothing of it is run. */
export function pythonSetup(file: TextFile): readonly Dependency[] {
  return [...file.text.matchAll(/(?<!\bname\s?=\s?)(["'])((?:boto3?|botocore|awscli)(?![\w-])[^"'\n]*)\1/g)]
    .flatMap(({ 2: text, index }) => /^\w+(?:\[[^\]]*\])?\s*(?:$|[=<>!~;(@])/.test(text) ? pythonRequirement(text, file.lineAt(index)) : []);
}

/** `environment.yml` of conda: `=1.9.66` is a version, and with less numbers all that begin so. */
export function condaEnvironment(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => {
    const [, text] = /^\s*-\s*["']?(?:[\w-]+::)?([^"'#]+?)["']?\s*(?:#.*)?$/.exec(line) ?? [];
    return text === undefined ? [] : condaRequirement(text, index + 1);
  });
}

/** A requirement as it is written for conda. */
export function condaRequirement(text: string, line: number): readonly Dependency[] {
  const asForPip = text.replace(/(?<![=<>!~])=(\d[\w.]{0,99})(?:=\S{0,99})?$/, (_, version: string) => `==${version.split('.').length > 2 ? version : `${version}.*`}`);
  return pythonRequirement(asForPip.replace(/^[\w-]+::/, ''), line);
}

function poetryVersion(wanted: unknown): ReturnType<typeof required> {
  return required(typeof wanted === 'string' ? wanted : textIn(wanted, 'version') ?? '', typeof wanted === 'string' && /^\d/.test(wanted) ? 'exact' : 'range');
}
