import type { Dependency } from '../dependency';
import { TextFile } from '../text-file';
import { required } from '../version-range';
import { withoutComments } from './comments';
import { JsonFile, entriesOf, textIn } from './json';
import { TomlFile } from './toml';

/** `name[extra] ==1.2.3 ; marker`, as PEP 508 has it. */
const REQUIREMENT = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:\(([^)]*)\)|(@.*|[=<>!~][^;#]*)?)/;

/** What is named as a file of requirements. */
export const REQUIREMENTS_FILE = /(?:requirements|constraints)[^/]{0,99}\.(?:txt|in|pip)$|(?:^|\/)requirements\/[^/]{0,99}\.(?:txt|in)$|(?:^|\/)requires\.txt$/i;

/** As deep as files of requirements name others. */
const DEEPEST = 5;

/** `requirements.txt`, and constraints: a requirement on each line, which a backslash continues. */
export function requirementsText(file: TextFile): readonly Dependency[] {
  return requirementsIn(file, 0);
}

function requirementsIn(file: TextFile, depth: number): readonly Dependency[] {
  return logicalLines(file.lines).flatMap(({ text, line }) => {
    const [, named] = /^\s*(?:-[rc]|--requirement|--constraint)[\s=]*([^\s=]\S*)/.exec(text) ?? [];
    return named === undefined ? pythonRequirement(text, line) : named.includes(':') ? [] : requirementsOf(file, named, depth).map((found): Dependency => ({ ...found, line: () => line }));
  });
}

/** What a file of requirements has that another one names; nothing where its own name says what it is, since it is read then. */
function requirementsOf(file: TextFile, named: string, depth: number): readonly Dependency[] {
  const text = REQUIREMENTS_FILE.test(named) || depth >= DEEPEST ? undefined : file.near(named);
  const folder = named.slice(0, named.lastIndexOf('/') + 1);
  return text === undefined ? [] : requirementsIn(new TextFile(named, text, path => file.near(folder + path)), depth + 1);
}

/** Lines, put together where one goes on; a comment does not. */
function logicalLines(lines: readonly string[]): readonly { readonly text: string; readonly line: number }[] {
  const found: { text: string; readonly line: number }[] = [];
  let goesOn = false;
  for (const [index, raw] of lines.entries()) {
    const text = /^\s*#/.test(raw) ? '' : raw;
    const rest = text.replace(/\\\s*$/, ' ');
    if (goesOn) { found[found.length - 1].text += rest; } else { found.push({ text: rest, line: index + 1 }); }
    goesOn = rest !== text;
  }
  return found;
}

/** A requirement as it is written for pip. */
export function pythonRequirement(text: string, line: number): readonly Dependency[] {
  const plain = text.replace(/(?:^|\s)#[^]*$/, '').trim();
  const taken = takenFrom(plain);
  if (taken) { return [{ ecosystem: 'pypi', ...taken, line: () => line }]; }
  const [, name, inBrackets, specifier = inBrackets ?? ''] = REQUIREMENT.exec(plain) ?? [];
  if (name === undefined) { return []; }
  const requirement = specifier.replace(/\s--\S[^]*$/, '').trim();
  return [{ ecosystem: 'pypi', name, ...required(requirement, 'range'), line: () => line }];
}

/** A package by where it is taken from: a wheel or an archive has its version in its name, a repository has not. */
function takenFrom(text: string): Pick<Dependency, 'name' | 'version' | 'leftOpen'> | undefined {
  const [, egg] = /^(?:(?:-e|--editable)[\s=]*)?\S{1,500}?#(?:\S{0,99}&)?egg=([\w.-]+)/.exec(text) ?? [];
  if (egg !== undefined) { return { name: egg, leftOpen: 'it is taken from a repository' }; }
  const [, name, version] = /(?:^|[/\s])([A-Za-z]\w{0,99})-(\d[\w.+]{0,60})(?:-[^/\s]{1,99}\.whl|\.tar\.gz|\.zip)(?:#\S*)?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, ...required(version) };
}

/** `poetry.lock`, `uv.lock`, `pdm.lock` and `pylock.toml`: a table for each package. What is a folder is somebody's own. */
export function pythonLock(file: TextFile): readonly Dependency[] {
  const toml = new TomlFile(file);
  return [...toml.packagesIn('package'), ...toml.packagesIn('packages')].filter(({ entry }) => !isFolder(entry))
    .map(({ name, version, line }) => ({ ecosystem: 'pypi', name, ...required(version), line }));
}

function isFolder(entry: unknown): boolean {
  const source = entriesOf(entry).find(([key]) => key === 'source')?.[1];
  return ['editable', 'virtual', 'directory'].some(kind => textIn(source, kind) !== undefined || textIn(source, 'type') === kind)
    || entriesOf(entry).some(([key]) => key === 'directory');
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
    ...entriesOf(toml.at('dependency-groups')).map(([, list]) => list), ...entriesOf(toml.at('tool', 'pdm', 'dev-dependencies')).map(([, list]) => list),
    toml.at('tool', 'uv', 'dev-dependencies'), toml.at('build-system', 'requires'),
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

/** `setup.cfg`: lists of requirements, on lines of their own or behind their key. */
export function pythonSetupConfig(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => /^[\w.-]+\s*=(?!=)/.test(line) && !/^\w*requires?\s*=/.test(line) ? [] : pythonRequirement(line.replace(/^\w*requires?\s*=(?!=)/, ''), index + 1));
}

const IN_QUOTES = /(["'])((?:boto3?|botocore|awscli)(?![\w-])[^"'\n]*)\1/g;
const LIST = /requires?\w*["']?\s*[=:]\s*[[(]((?:[^\])"'#]|"[^"\n]*"|'[^'\n]*'|#[^\n]*)*)/gi;

/** `setup.py`: requirements in quotes, and what stands in a list of them; nothing of it is run. */
export function pythonSetup(file: TextFile): readonly Dependency[] {
  const text = withoutComments(file.text, '#');
  const lists = [...text.matchAll(LIST)].map(({ 0: whole, index }) => ({ from: index, to: index + whole.length }));
  return [...text.matchAll(IN_QUOTES)].flatMap(({ 2: quoted, index }) => {
    const isRequirement = /^\w+(?:\[[^\]]*\])?\s*[=<>!~;(@]/.test(quoted) || (/^\w+(?:\[[^\]]*\])?\s*$/.test(quoted) && lists.some(({ from, to }) => from < index && index < to));
    return isRequirement ? pythonRequirement(quoted, file.lineAt(index)) : [];
  });
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
