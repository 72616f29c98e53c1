import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { TomlFile } from './toml';

/** A module on a line. */
interface Module {
  readonly name: string;
  readonly version?: string;
  readonly line: number;
}

/** `go.mod`: what is required, and what replaces it. */
export function goModule(file: TextFile): readonly Dependency[] {
  const needed: Module[] = [];
  const replaced = new Map<string, Module>();
  let block = '';
  for (const [index, raw] of file.lines.entries()) {
    const words = raw.split('//', 1)[0].replace('(', ' ( ').trim().split(/\s+/).map(word => word.replace(/^["`]|["`]$/g, ''));
    const opens = words[1] === '(';
    if (opens) { block = words[0]; }
    if (words[0] === ')') { block = ''; }
    const [directive, ...rest] = block === '' ? words : [block, ...words];
    if (opens) { continue; }
    const arrow = rest.indexOf('=>');
    if (directive === 'require' && rest.length >= 2) { needed.push({ name: rest[0], version: rest[1], line: index + 1 }); }
    if (directive === 'replace' && arrow > 0) { replaced.set(rest.slice(0, arrow).join(' '), { name: rest[arrow + 1], version: rest[arrow + 2], line: index + 1 }); }
  }
  return [...needed, ...notNeeded(file, needed, replaced)].map(({ name, version, line }) => {
    const instead = replaced.get(`${name} ${version}`) ?? replaced.get(name);
    if (!instead) { return { ecosystem: 'golang', name, ...required(version), line: () => line }; }
    const said = instead.name === name && instead.version !== undefined ? required(instead.version) : { leftOpen: `${instead.name} replaces it` };
    return { ecosystem: 'golang', name, ...said, line: () => instead.line };
  });
}

/** What is replaced and not required: what brings it in stands elsewhere. Since Go 1.17, `go.mod` requires all that is used. */
function notNeeded(file: TextFile, needed: readonly Module[], replaced: ReadonlyMap<string, Module>): readonly Module[] {
  const [, minor] = /^go\s+1\.(\d+)/m.exec(file.text) ?? [];
  if (file.name === 'go.mod' && Number(minor ?? 0) >= 17) { return []; }
  const names = new Set(needed.map(({ name }) => name));
  return [...replaced].map(([key, { version, line }]) => ({ name: key.split(' ')[0], version, line })).filter(({ name }) => !names.has(name));
}

/** `vendor/modules.txt`: what `go mod vendor` copied. */
export function goVendored(file: TextFile): readonly Dependency[] {
  return file.lines.flatMap((line, index) => {
    const [, name, version, instead, other] = /^# (\S+)(?: (v\S+))?(?: => (\S+)(?: (v\S+))?)?\s*$/.exec(line) ?? [];
    if (name === undefined) { return []; }
    const said = instead === undefined ? required(version) : instead === name ? required(other) : { leftOpen: `${instead} replaces it` };
    return [{ ecosystem: 'golang', name, ...said, line: () => index + 1 }];
  });
}

/** `Gopkg.lock`, of the time before modules. */
export function goDepLock(file: TextFile): readonly Dependency[] {
  return new TomlFile(file).packagesIn('projects').map(({ name, version, line }) => ({ ecosystem: 'golang', name, ...required(version), line }));
}
