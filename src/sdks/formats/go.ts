import type { Dependency } from '../dependency';
import type { TextFile } from '../text-file';
import { required } from '../version-range';
import { TomlFile } from './toml';

/** `go.mod`: what is required, and what replaces it. */
export function goModule(file: TextFile): readonly Dependency[] {
  const needed: { readonly name: string; readonly version: string; readonly line: number }[] = [];
  const replaced = new Map<string, { readonly name: string; readonly version?: string; readonly line: number }>();
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
  const isNeeded = new Set(needed.map(({ name }) => name));
  const alone = [...replaced].filter(([key]) => !isNeeded.has(key.split(' ')[0])).map(([key, { version, line }]) => ({ name: key.split(' ')[0], version: version ?? '', line }));
  return [...needed, ...alone].map(({ name, version, line }) => {
    const instead = replaced.get(`${name} ${version}`) ?? replaced.get(name);
    if (!instead) { return { ecosystem: 'golang', name, ...required(version), line: () => line }; }
    const said = instead.name === name && instead.version !== undefined ? required(instead.version) : { leftOpen: `${instead.name} replaces it` };
    return { ecosystem: 'golang', name, ...said, line: () => instead.line };
  });
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
