import { grouped } from '../model/grouped';
import type { Dependency } from './dependency';
import type { FileKind } from './file-formats';
import { REQUIREMENTS_FILE } from './formats/requirements';
import type { FoundSdk } from './found-sdk';
import { hasItSince, judged, judgedOpen, normalName, sdkOf } from './known-sdk';

/** An SDK, and the data that decides whether it is reported. */
interface Note {
  readonly sdk: FoundSdk;
  readonly kind: FileKind;
  /** The package whose version decides instead. */
  readonly decidedBy?: string;
}

/**
 * The project files for which package managers write lock files. Dockerfiles and requirements files are not among them, because they can be installed
 * without the lock.
 */
const PROJECT = /(?:^|\/)(?:package\.json|pyproject\.toml|Pipfile|composer\.json|Cargo\.toml|Gemfile|gems\.rb|[^/]{1,99}\.(?:gradle|gradle\.kts|versions\.toml|[a-z]{2}proj))$/;

/** The Maven module (BOM) with the versions of all modules of its group. */
const BOM = /:(?:[\w-]+-)?bom$/;

/** The order of trust in files about one package. Its own metadata counts as well, and is in its own folder. */
const RANKS: { readonly [kind in FileKind]: number } = { lock: 0, manifest: 0, content: 1, part: 2 };

/** Collects the SDKs of a folder. Whether a note is reported depends on the other notes. */
export class SdkNotes {
  private readonly notes: Note[] = [];

  /** Notes a package, if it belongs to an SDK. */
  public add(dependency: Dependency, file: string, kind: FileKind): void {
    const { ecosystem, name: packageName, version, leftOpen, range, notOnInstance, line } = dependency;
    const sdk = sdkOf(ecosystem, packageName);
    if (!sdk) { return; }
    const judgement = leftOpen === undefined ? judged(sdk, ecosystem, version) : judgedOpen(sdk, dependency);
    const { verdict, decidedBy } = judgement;
    const because = judgement.verdict === 'unknown' ? judgement.because : undefined;
    const { name, minimum, source, unclear } = sdk;
    const since = verdict === 'too old' ? hasItSince(sdk, ecosystem, version) : undefined;
    const found = { file, line: Math.max(line(), 1), packageName, ecosystem, version, range, notOnInstance };
    this.notes.push({ sdk: { ...found, verdict, sdk: name, minimum, source, unclear, hasItSince: since, because }, kind, decidedBy });
  }

  /**
   * The SDKs to report. These are left out:
   * - an open version, if a lock file or an installed package has the version
   * - a package whose result depends on another package, if the version of that package is known
   * - a module without a version, if its BOM is known
   * - a version in a project file, if the lock file beside it has another version, because of overrides or conflicts
   */
  public get reported(): readonly FoundSdk[] {
    const pinned = this.notes.filter(({ sdk }) => sdk.version !== undefined);
    const known = new Set(pinned.map(({ sdk }) => placeOf(sdk, sdk.packageName)));
    const chosen = new Set(pinned.flatMap(({ sdk, kind }) => {
      const folder = kind === 'lock' ? folderOf(sdk.file) : installedIn(sdk.file);
      return folder === undefined ? [] : [placeOf(sdk, sdk.packageName, folder)];
    }));
    const withBom = pinned.filter(({ sdk }) => BOM.test(sdk.packageName));
    const boms = new Set(withBom.map(({ sdk }) => placeOf(sdk, groupOf(sdk), buildFolderOf(sdk.file))));
    const isOverruled = byLocksIn(pinned);
    const isReported = ({ sdk, kind, decidedBy }: Note) => {
      if (sdk.ecosystem === 'maven' && sdk.range === '' && placesOf(sdk, groupOf(sdk)).some(place => boms.has(place))) { return false; }
      if (decidedBy !== undefined && placesOf(sdk, decidedBy).some(place => known.has(place))) { return false; }
      if (kind !== 'manifest') { return true; }
      return sdk.version === undefined ? !placesOf(sdk, sdk.packageName).some(place => chosen.has(place)) : !isOverruled(sdk);
    };
    return distinct(this.notes.filter(isReported)).map(({ sdk }) => sdk);
  }
}

/** Returns whether the lock file of a project has another version than the project file. */
function byLocksIn(pinned: readonly Note[]): (sdk: FoundSdk) => boolean {
  const locks = pinned.filter(({ sdk, kind }) => kind === 'lock' && !REQUIREMENTS_FILE.test(sdk.file));
  const locked = grouped(locks.map(({ sdk }) => [placeOf(sdk, sdk.packageName), sdk.version] as const));
  return sdk => PROJECT.test(sdk.file) && locked.get(placeOf(sdk, sdk.packageName, buildFolderOf(sdk.file)))?.includes(sdk.version) === false;
}

/** Removes duplicates. Several files of an installed package have its version. Its lock entry or metadata counts, and not the files below. */
function distinct(notes: readonly Note[]): readonly Note[] {
  const nameOf = ({ sdk: { packageName, version } }: Note) => `${packageName.toLowerCase()} ${version}`;
  const places = new Map<string, number>();
  for (const each of notes) {
    const rank = RANKS[each.kind];
    const place = placesOf(each.sdk, nameOf(each))[rank === 0 ? 0 : 1];
    places.set(place, Math.min(rank, places.get(place) ?? rank));
  }
  const isKnownAbove = (each: Note) => placesOf(each.sdk, nameOf(each)).some(place => (places.get(place) ?? RANKS.part) < RANKS[each.kind]);
  return notes.filter(each => each.sdk.version === undefined || !isKnownAbove(each));
}

/** The key of a package in one folder. */
function placeOf({ file, ecosystem }: FoundSdk, packageName: string, folder = folderOf(file)): string {
  return `${folder} ${ecosystem} ${normalName(ecosystem, packageName)}`;
}

/** The keys for the folder of a file, and for all folders above it. */
function placesOf(sdk: FoundSdk, packageName: string): readonly string[] {
  const folder = folderOf(sdk.file);
  const folders = folder === '' ? [] : folder.split('/');
  return [...folders.keys(), folders.length].reverse().map(count => placeOf(sdk, packageName, folders.slice(0, count).join('/')));
}

/** The prefix that all modules of a group share. */
function groupOf({ packageName }: FoundSdk): string {
  return packageName.slice(0, packageName.indexOf(':') + 1);
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}

/** The folder of the build that a file belongs to. A Gradle catalog is in a subfolder of it. */
function buildFolderOf(file: string): string {
  return folderOf(file).replace(/(?:^|\/)gradle$/, '');
}

/** The folder where a package is installed. `undefined` if the file does not belong to an installed package. */
function installedIn(file: string): string | undefined {
  const parts = file.split('/');
  const modules = parts.lastIndexOf('node_modules');
  const isMetadata = parts.length > 1 && /\.(?:dist|egg)-info$/.test(parts[parts.length - 2]);
  const above = modules !== -1 ? parts.slice(0, modules) : isMetadata ? parts.slice(0, -2) : undefined;
  return above?.join('/');
}
