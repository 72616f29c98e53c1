import { isObject, ownValue } from '../../model/intrinsics';
import type { TextFile } from '../text-file';
import { parse } from '../vendor/smol-toml.generated';
import { elementsOf, entriesOf, textIn } from './json';

/** A package in a list of tables. */
interface TomlPackage {
  readonly name: string;
  readonly version?: string;
  readonly entry: unknown;
  readonly line: () => number;
}

/** A TOML file, with the lines of its values. */
export class TomlFile {
  private readonly content: unknown;
  /** The lines, from 0, where the tables of a list start, for each list that was searched. */
  private readonly tables = new Map<string, readonly number[]>();
  private keys: ReadonlyMap<string, number> | undefined;
  private texts: ReadonlyMap<string, number> | undefined;

  /** @throws Error if it is not TOML */
  public constructor(private readonly file: TextFile) {
    this.content = parse(file.text.replace(/^\uFEFF/, ''));
  }

  /** The value at a path. `undefined` if there is none. */
  public at(...path: readonly string[]): unknown {
    return path.reduce<unknown>((value, key) => isObject(value) ? ownValue(value, key) : undefined, this.content);
  }

  /** The paths of the values below a table. */
  public below(...path: readonly string[]): readonly (readonly string[])[] {
    return entriesOf(this.at(...path)).map(([key]) => [...path, key]);
  }

  /** The packages in a list of tables, `[[package]]`. Each has a name and a version. */
  public packagesIn(list: string): readonly TomlPackage[] {
    return elementsOf(this.at(list)).flatMap((entry, index) => {
      const name = textIn(entry, 'name');
      return name === undefined ? [] : [{ name, version: textIn(entry, 'version'), entry, line: () => this.lineInTable(list, index) }];
    });
  }

  /** The line of a key in a table. 1 if the key is written in another form. */
  public lineOfKey(table: readonly string[], key: string): number {
    this.keys ??= linesOfKeys(this.file.lines);
    return this.keys.get([...table, key].join('.')) ?? 1;
  }

  /** The first line with a text in quotes. 1 if there is none. */
  public lineOfText(text: string): number {
    this.texts ??= linesOfTexts(this.file.lines);
    return this.texts.get(text) ?? 1;
  }

  /** The line of the version in a table of a list, else the line where the table starts. */
  private lineInTable(list: string, index: number): number {
    const { lines } = this.file;
    const tables = this.tables.get(list) ?? lines.flatMap((line, at) => line.trim() === `[[${list}]]` ? [at] : []);
    this.tables.set(list, tables);
    const start = tables[index] ?? 0;
    for (let at = start + 1; at < lines.length && !lines[at].startsWith('['); at++) {
      if (/^\s*version\s*=/.test(lines[at])) { return at + 1; }
    }
    return start + 1;
  }
}

/** The lines, from 1, of tables, and of keys with the names of their tables before them. */
function linesOfKeys(lines: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let table = '';
  for (const [index, line] of lines.entries()) {
    const [, opened, key] = /^\s*(?:\[{1,2}([^\]]+)\]|([\w.'"-]+)\s*=(?!=))/.exec(line) ?? [];
    if (opened !== undefined) { table = withoutQuotes(opened); }
    const path = opened !== undefined ? table : key === undefined ? undefined : [...table === '' ? [] : [table], withoutQuotes(key)].join('.');
    if (path !== undefined && !found.has(path)) { found.set(path, index + 1); }
  }
  return found;
}

function linesOfTexts(lines: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    for (const [, one, other] of line.matchAll(/"([^"]*)"|'([^']*)'/g)) {
      if (!found.has(one ?? other)) { found.set(one ?? other, index + 1); }
    }
  }
  return found;
}

function withoutQuotes(key: string): string {
  return key.replace(/["'\s]/g, '');
}
