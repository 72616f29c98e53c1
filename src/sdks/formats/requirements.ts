import type { Dependency } from '../dependency';
import { TextFile } from '../text-file';
import { required } from '../version-range';

/** `name[extra] ==1.2.3 ; marker`, as PEP 508 has it. */
const REQUIREMENT = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:\(([^)]*)\)|(@.*|[=<>!~][^;#]*)?)/;

/** What is named as a file of requirements. */
export const REQUIREMENTS_FILE = /(?:requirements|constraints|reqs)[^/]{0,99}\.(?:txt|in|pip)$|(?:^|\/)requirements\/[^/]{0,99}\.(?:txt|in)$|(?:^|\/)requires\.txt$/i;

/** A line that names another file of requirements. */
const NAMES_FILE = /^[ \t]*(?:-[rc]|--requirement|--constraint)[ \t=]*([^\s=]\S*)/;

/** The same, in a text. */
export const NAMES_FILES = new RegExp(NAMES_FILE.source, 'm');

/** As deep as files of requirements name others. */
const DEEPEST = 5;

/** `requirements.txt`, and constraints: a requirement on each line, which a backslash continues, and files that are named. */
export function requirementsText(file: TextFile): readonly Dependency[] {
  return requirementsIn(file, 0);
}

function requirementsIn(file: TextFile, depth: number): readonly Dependency[] {
  return logicalLines(file.lines).flatMap(({ text, line }) => {
    const [, named] = NAMES_FILE.exec(text) ?? [];
    if (named === undefined) { return pythonRequirement(text, line); }
    return requirementsOf(file, named, depth).map((found): Dependency => ({ ...found, line: () => line }));
  });
}

/** What a file of requirements has that another one names; nothing where its own name says what it is, since it is read then. */
function requirementsOf(file: TextFile, named: string, depth: number): readonly Dependency[] {
  const isReadItself = REQUIREMENTS_FILE.test(named);
  if (isReadItself && file.path.includes('!/')) { return []; }
  const text = named.includes(':') || depth >= DEEPEST ? undefined : file.near(named);
  if (text === undefined) { file.leaveOut(`it names ${named.slice(0, 80)}, which is not read`); }
  if (text === undefined || isReadItself) { return []; }
  const folder = named.slice(0, named.lastIndexOf('/') + 1);
  return requirementsIn(new TextFile(named, text, path => file.near(folder + path), {}, because => file.leaveOut(because)), depth + 1);
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
  const plain = text.replace(/(?:^|\s)#[^]*$/, '').replace(/\s--\S[^]*$/, '').trim();
  const taken = takenFrom(plain);
  if (taken) { return [{ ecosystem: 'pypi', ...taken, line: () => line }]; }
  const [, name, inBrackets, specifier = inBrackets ?? ''] = REQUIREMENT.exec(plain) ?? [];
  return name === undefined ? [] : [{ ecosystem: 'pypi', name, ...required(specifier.trim(), 'range'), line: () => line }];
}

/** A package by where it is taken from: a wheel or an archive has its version in its name, a repository has not. */
function takenFrom(text: string): Pick<Dependency, 'name' | 'version' | 'leftOpen'> | undefined {
  const [place] = text.split(/\s;/, 1);
  const [, archived, version] = /(?:^|[/\s])([A-Za-z]\w{0,99})-(\d[\w.+]{0,60})(?:-[^/\s]{1,99}\.whl|\.tar\.gz|\.zip)$/.exec(place.split('#', 1)[0]) ?? [];
  if (archived !== undefined) { return { name: archived, ...required(version) }; }
  if (!/:\/\/|^git@/.test(place)) { return undefined; }
  const name = /[#&]egg=([\w.-]+)/.exec(place)?.[1] ?? /^([\w.-]+)(?:\[[^\]]*\])?\s*@/.exec(place)?.[1]
    ?? /\b(?:github|gitlab|bitbucket)\.(?:com|org)[/:][\w.-]{1,99}\/([\w-]{1,99})/.exec(place)?.[1];
  return name === undefined ? undefined : { name: name === 'aws-cli' ? 'awscli' : name, leftOpen: 'it is taken from a repository' };
}
