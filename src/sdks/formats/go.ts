import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { TomlFile } from './toml';

/** A module, and its line. */
interface Module {
  readonly name: string;
  readonly version?: string;
  readonly line: number;
}

/** The directives of a `go.mod` or a `go.work`. */
interface Directives {
  readonly required: readonly Module[];
  /** The replacement of each module, or of one version of a module. */
  readonly replaced: ReadonlyMap<string, Module>;
  /** The folders of the modules in a workspace. */
  readonly used: readonly string[];
}

/** `go.mod` and `go.work`: the required modules, and their replacements. */
export function goModule(file: TextFile): readonly Dependency[] {
  const { required: needed, replaced, used } = directivesOf(file);
  const names = new Set(needed.map(({ name }) => name));
  const alone = [...replaced].map(([key, instead]) => ({ name: key.split(' ')[0], instead })).filter(({ name }) => !names.has(name));
  const isOfWorkspace = (name: string) => used.some(folder => file.near(`${folder}/go.mod`)?.includes(name));
  return [
    ...needed.map(({ name, version, line }) => asReplaced(name, replaced.get(`${name} ${version}`) ?? replaced.get(name)) ?? { ecosystem: 'golang' as const, name, ...required(version), line: () => line }),
    ...namesAll(file) ? [] : alone.map(({ name, instead }) => isOfWorkspace(name) ? asReplaced(name, instead)!
      : { ecosystem: 'golang' as const, name, leftOpen: 'it is replaced, but nothing here requires it', line: () => instead.line }),
  ];
}

function asReplaced(name: string, instead: Module | undefined): Dependency | undefined {
  if (!instead) { return undefined; }
  const requirement = instead.name === name && instead.version !== undefined ? required(instead.version) : { leftOpen: `${instead.name} replaces it` };
  return { ecosystem: 'golang', name, ...requirement, line: () => instead.line };
}

/** Whether a file requires all used modules, which is so since Go 1.17. Then a replacement of another module is not used. */
function namesAll(file: TextFile): boolean {
  const [, minor = '0'] = /^go\s+1\.(\d+)/m.exec(file.text) ?? [];
  return file.name === 'go.mod' && Number(minor) >= 17;
}

function directivesOf(file: TextFile): Directives {
  const needed: Module[] = [];
  const replaced = new Map<string, Module>();
  const used: string[] = [];
  let block = '';
  for (const [index, raw] of file.lines.entries()) {
    const words = raw.split('//', 1)[0].replace('(', ' ( ').trim().split(/\s+/).map(word => word.replace(/^["`]|["`]$/g, ''));
    const opens = words[1] === '(';
    if (opens) { block = words[0]; }
    if (words[0] === ')') { block = ''; }
    const [directive, ...rest] = block === '' ? words : [block, ...words];
    if (opens) { continue; }
    const arrow = rest.indexOf('=>');
    if (directive === 'use') { used.push(rest[0]); }
    if (directive === 'require' && rest.length >= 2) { needed.push({ name: rest[0], version: rest[1], line: index + 1 }); }
    if (directive === 'replace' && arrow > 0) { replaced.set(rest.slice(0, arrow).join(' '), { name: rest[arrow + 1], version: rest[arrow + 2], line: index + 1 }); }
  }
  return { required: needed, replaced, used };
}

/** `vendor/modules.txt`: the modules that `go mod vendor` copied. */
export function goVendored(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => {
    const [, name, version, instead, other] = /^# (\S+)(?: (v\S+))?(?: => (\S+)(?: (v\S+))?)?\s*$/.exec(line) ?? [];
    if (name === undefined) { return []; }
    const requirement = instead === undefined ? required(version) : instead === name ? required(other) : { leftOpen: `${instead} replaces it` };
    return [{ ecosystem: 'golang', name, ...requirement, line: () => index + 1 }];
  });
}

/** The output of `go version -m`: a module on each line, with its replacement below it. */
export function goVersionList(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index): readonly Dependency[] => {
    const [kind, name, version] = line.trim().split('\t');
    const [instead, other, replaced] = file.lines[index + 1]?.trim().split('\t') ?? [];
    if (kind !== 'dep' || name === undefined) { return []; }
    const requirement = instead !== '=>' ? required(version) : other === name ? required(replaced) : { leftOpen: `${other} replaces it` };
    return [{ ecosystem: 'golang', name, ...requirement, line: () => index + 1 }];
  });
}

/** `Gopkg.lock`, from before Go modules. */
export function goDepLock(file: TextFile): readonly Dependency[] {
  return new TomlFile(file).packagesIn('projects').map(({ name, version, line }) => ({ ecosystem: 'golang', name, ...required(version), line }));
}
