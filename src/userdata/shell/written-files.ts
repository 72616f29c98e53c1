import type { PossibleText } from '../request/possible-text';
import { ANYTHING, followedBy } from '../request/possible-text';
import { noteAliases } from './commands/hosts';
import type { Source } from './text/source';

/** The contents of a file that the script writes, and where they are in the script. */
export interface WrittenFile {
  readonly path: string;
  readonly text: PossibleText;
  /** The pieces of the file that are texts of the script and were not run yet. */
  readonly sources: readonly Source[];
}

/** The files that a script writes. */
export class WrittenFiles {
  /** The paths of files that are made executable. */
  public readonly executables = new Set<string>();
  private readonly files = new Map<string, WrittenFile>();

  /** @param aliases the aliases of the metadata service in /etc/hosts */
  public constructor(private readonly aliases: Set<string>) {}

  public get(path: string): WrittenFile | undefined {
    return this.files.get(path);
  }

  public all(): readonly WrittenFile[] {
    return [...this.files.values()];
  }

  public textOf(path: string): PossibleText {
    return this.files.get(path)?.text ?? ANYTHING;
  }

  public set(file: WrittenFile): void {
    this.files.set(file.path, file);
  }

  /** Notes that the script writes a file. */
  public write(path: string, text: PossibleText, how: 'append' | 'replace', source: Source | undefined): void {
    if (path === '' || path.startsWith('/dev/')) { return; }
    const known = how === 'append' ? this.files.get(path) : undefined;
    const sources = [...known?.sources ?? [], ...source ? [source] : []];
    this.set({ path, text: known ? followedBy(known.text, text) : text, sources });
    if (path === '/etc/hosts') { text.forEach(each => noteAliases(each, this.aliases)); }
  }

  public copy(from: string, to: string): void {
    const file = this.files.get(from);
    if (!file) { return; }
    this.set({ ...file, path: to });
    if (this.executables.has(from)) { this.executables.add(to); }
  }

  /** Notes that a file has run, so that it does not run again at the end of the script. */
  public noteRun(file: WrittenFile): void {
    this.set({ ...file, sources: [] });
  }
}
