import { filesInArchive } from './archive';
import { decodedText } from './decoded-text';
import type { FileFormat } from './file-formats';
import { DOCKERFILE, formatOf } from './file-formats';
import type { ScannedFile } from './folder';
import { Folder } from './folder';
import { HEAD, SMALLEST_PROGRAM, goProgram, isCalledAsProgram, isProgram } from './formats/go-program';
import { inProgram } from './formats/program-strings';
import { inPath } from './formats/source-strings';
import type { SdkFindings, UnreadFile } from './found-sdk';
import { SdkNotes } from './sdk-notes';
import type { BuildArguments } from './text-file';
import { TextFile } from './text-file';

/** The largest lock file that is read, and the largest single-file program, in bytes. */
const LARGEST = 10_000_000;
const LARGEST_PROGRAM = 48_000_000;

/** The most bytes that are unpacked from archives, as protection against ZIP bombs. */
const MOST_UNPACKED = 500_000_000;

/** The most packages of one file. */
const MOST_FOUND = 50_000;
const LARGEST_ARCHIVE = 300_000_000;

/** A pattern that matches each file that names an SDK, or its path. Other files are not parsed. */
const MENTION = /aws|boto|rusoto|smithy|Signers/i;

const ARCHIVE = /\.(?:zip|jar|war|ear|aar|whl|egg|pyz|nupkg)$/i;
const UNOPENED = /\.(?:tar(?:\.[a-z0-9]+)?|tgz|tbz2?|txz|gem|crate|phar|7z|rar|rpm|deb|apk|conda)$/i;

/** The deepest nesting of archives that is read. A program in a JAR contains others. */
const DEEPEST_ARCHIVE = 3;

/** The purpose of a folder, and the parts that are excluded. */
export interface FolderScan {
  /** The excluded paths below the folder. */
  readonly exclude?: readonly string[];
  /** The build arguments, if the folder is for an image. */
  readonly buildArguments?: BuildArguments;
  /** The stages that images are built up to, if they are known for all of them. */
  readonly buildTargets?: readonly string[];
  /** The Dockerfiles that are used, if they are known, as paths below the folder. */
  readonly dockerfiles?: readonly string[];
}

/** Scans all known dependency files of a folder. */
export function scanFolder(directory: string, { exclude, ...images }: FolderScan = {}): SdkFindings {
  const folder = new Folder(directory, exclude);
  const scan = new Scan(path => folder.read(path, LARGEST), images);
  for (const file of folder.files()) { scan.add(file); }
  return scan.findings(folder.faults.map(({ path, because }) => ({ file: path, because })));
}

/** Scans one file, which can be an archive. `name` determines its format. */
export function scanFile(name: string, size: number, bytes: () => Buffer): SdkFindings {
  const scan = new Scan(() => undefined);
  scan.add({ path: name, size, bytes });
  return scan.findings([]);
}

class Scan {
  private readonly sdks = new SdkNotes();
  private readonly unread: UnreadFile[] = [];
  private unpacked = 0;
  private readonly buildArguments: BuildArguments;
  private readonly buildTargets: readonly string[];
  private readonly dockerfiles: readonly string[] | undefined;

  /** @param read reads a file by its path below the root */
  public constructor(
    private readonly read: (path: string) => string | undefined, { buildArguments = {}, buildTargets = [], dockerfiles }: FolderScan = {},
  ) {
    this.buildArguments = buildArguments;
    this.buildTargets = buildTargets;
    this.dockerfiles = dockerfiles;
  }

  public add(file: ScannedFile, inside = '', depth = 0): void {
    const path = inside + file.path;
    for (const dependency of inPath(path)) { this.sdks.add(dependency, path, 'content'); }
    if (ARCHIVE.test(path)) {
      this.addArchive(file, path, depth);
      return;
    }
    if (UNOPENED.test(path) && !path.includes('node_modules/')) { this.unread.push({ file: path, because: 'it is an archive of an unsupported kind' }); }
    if (isInsidePackage(path)) { return; }
    const format = this.formatOf(path);
    if (format) { this.addText(file, path, format); }
    if (!format && file.size >= SMALLEST_PROGRAM && isCalledAsProgram(path)) { this.addProgram(file, path); }
  }

  public findings(faults: readonly UnreadFile[]): SdkFindings {
    return { found: this.sdks.reported, unreadable: [...faults, ...this.unread] };
  }

  /** The format of a file. Dockerfiles are recognized by name, unless the used ones are known. */
  private formatOf(path: string): FileFormat | undefined {
    if (this.dockerfiles?.includes(path)) { return DOCKERFILE; }
    const format = formatOf(path);
    return format === DOCKERFILE && this.dockerfiles ? undefined : format;
  }

  /** Whether the limit allows it to read a file. Only files in archives count. */
  private mayRead({ size }: ScannedFile, path: string): boolean {
    if (!path.includes('!/')) { return true; }
    this.unpacked += size;
    return this.unpacked <= MOST_UNPACKED;
  }

  private addText(file: ScannedFile, path: string, format: FileFormat): void {
    const largest = isReported(format) ? LARGEST : LARGEST_PROGRAM;
    if (file.size > largest || !this.mayRead(file, path)) {
      if (isReported(format)) { this.unread.push({ file: path, because: file.size > largest ? `it is larger than ${largest} bytes` : 'too much is packed in these archives' }); }
      return;
    }
    try {
      const text = decodedText(file.bytes());
      if (!MENTION.test(text) && !MENTION.test(file.path) && !format.leadsOn?.test(text)) { return; }
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const leaveOut = (because: string) => { this.unread.push({ file: path, because }); };
      const kind = format.chosenBy?.test(text) ? 'lock' : format.kind;
      const dependencies = format.read(new TextFile(path, text, near => this.read(folder + near), this.buildArguments, leaveOut, this.buildTargets));
      for (const dependency of dependencies.slice(0, MOST_FOUND)) { this.sdks.add(dependency, path, kind); }
      if (dependencies.length > MOST_FOUND) { this.unread.push({ file: path, because: `it names more than ${MOST_FOUND} packages: the rest is not listed` }); }
    } catch (error) {
      if (isReported(format)) { this.unread.push({ file: path, because: reasonOf(error) }); }
    }
  }

  /** Adds the SDKs in a program. Files that are not programs, or cannot be read, are not reported, because there are many of them. */
  private addProgram(file: ScannedFile, path: string): void {
    if (file.size > LARGEST_ARCHIVE || !this.mayRead(file, path)) { return; }
    try {
      const bytes = file.head && !isProgram(file.head(HEAD)) ? undefined : file.bytes();
      const modules = bytes && isProgram(bytes) ? [...goProgram(path, bytes), ...inProgram(bytes)] : [];
      for (const dependency of modules) { this.sdks.add(dependency, path, 'content'); }
    } catch {
      return;
    }
  }

  private addArchive(file: ScannedFile, path: string, depth: number): void {
    if (!this.mayRead(file, path)) {
      this.unread.push({ file: path, because: 'too much is packed in these archives' });
      return;
    }
    if (file.size > LARGEST_ARCHIVE || depth >= DEEPEST_ARCHIVE) {
      const because = depth >= DEEPEST_ARCHIVE ? `it is more than ${DEEPEST_ARCHIVE} deep in other archives` : `it is larger than ${LARGEST_ARCHIVE} bytes`;
      this.unread.push({ file: path, because });
      return;
    }
    try {
      const { files, fault } = filesInArchive(file.bytes());
      for (const packed of files) { this.add(packed, `${path}!/`, depth + 1); }
      if (fault !== undefined) { this.unread.push({ file: path, because: fault }); }
    } catch (error) {
      this.unread.push({ file: path, because: reasonOf(error) });
    }
  }
}

/** Whether an unreadable file of this format is reported. Of other formats, there are too many. */
function isReported({ kind }: FileFormat): boolean {
  return kind === 'lock' || kind === 'manifest';
}

/** Whether a file is inside an installed Node.js package, but is not its manifest. There are too many of these files. */
function isInsidePackage(path: string): boolean {
  const after = path.lastIndexOf('node_modules/');
  if (after === -1) { return false; }
  return !/^(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path.slice(after + 'node_modules/'.length));
}

/** The message of an error, on one line. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0].slice(0, 200);
}
