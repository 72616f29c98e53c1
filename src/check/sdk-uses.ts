import { lstatSync, readFileSync } from 'fs';
import { join, relative } from 'path';
import type { IConstruct } from 'constructs';
import { grouped } from '../model/grouped';
import type { FoundSdk, SdkFindings } from '../sdks/found-sdk';
import { scanFile, scanFolder } from '../sdks/scan';
import type { SdkDependencies } from '../sdks/sdk-dependencies';
import type { Assembly } from './assembly';
import { isWithin } from './assembly-file';
import type { Scanned } from './scanned-assets';
import { assetsOf } from './scanned-assets';
import { scannedOnce } from './scanned-once';
import { whyServerless } from './serverless-assets';

/** The place of a file, for messages and for reports. */
export interface SdkFile {
  /** The path from the working directory of the app. For a generated file of an asset, the path below the cloud assembly. */
  readonly file: string;
  readonly isInAssembly: boolean;
  /** Its path on disk. */
  readonly location: string;
  /** Its name in messages. The user does not know the path of a generated file, so its name starts with the source of the asset. */
  readonly name: string;
}

/** The constructs that use a file. */
export interface SdkOwners {
  /** The constructs of its asset. The list is empty for a file in a folder of sources, and for an asset without a construct. */
  readonly owners: readonly IConstruct[];
  /** Why the file is not on an instance, if that is known. */
  readonly notOnInstance?: string;
}

/** An SDK that is used somewhere. */
export interface SdkUse extends FoundSdk, SdkFile, SdkOwners {}

/** A file that could not be read. */
export interface SdkUnread extends SdkFile, SdkOwners {
  readonly because: string;
}

/** The SDKs in the assets of an app and in folders of sources. */
export class SdkUses {
  public readonly found: readonly SdkUse[];
  public readonly unreadable: readonly SdkUnread[];

  /** @param covers whether a construct is checked. Assets without a construct are searched only if the whole app is checked. */
  public constructor(
    dependencies: readonly SdkDependencies[], private readonly assembly: Assembly, root: IConstruct, covers: (construct: IConstruct) => boolean,
  ) {
    const folders = new Map(dependencies.flatMap(({ _folder, _exclude }) => _folder === undefined ? [] : [[[_folder, ..._exclude].join('\n'), { _folder, _exclude }]]));
    const assets = dependencies.some(({ _folder }) => _folder === undefined) ? assetsOf(assembly, root, covers) : [];
    const inFolders = [...folders.values()].map(({ _folder, _exclude }): Scanned => ({ location: _folder, exclude: _exclude, name: '', owners: [] }));
    const all = [...assets, ...inFolders].map(scanned => ({ scanned, ...scannedOnce(root, keyOf(scanned), () => scan(scanned)) }));
    this.found = distinct(all.flatMap(({ scanned, found }) => {
      const owners = ownersOf(scanned);
      return found.map(sdk => ({ ...sdk, ...owners, ...this.placeOf(scanned, sdk.file) }));
    }));
    this.unreadable = all.flatMap(({ scanned, unreadable }) => {
      const owners = ownersOf(scanned);
      return unreadable.map(({ file, because }) => ({ because, ...owners, ...this.placeOf(scanned, file) }));
    });
  }

  /** The uses of versions that do not support IMDSv2. Uses that are not on an instance are left out. */
  public get tooOld(): readonly SdkUse[] {
    return this.found.filter(({ verdict, notOnInstance }) => verdict === 'too old' && notOnInstance === undefined);
  }

  /** The uses whose support for IMDSv2 is unknown. Uses that are not on an instance are left out. */
  public get unclear(): readonly SdkUse[] {
    return this.found.filter(({ verdict, notOnInstance }) => verdict === 'unknown' && notOnInstance === undefined);
  }

  /** The files that could not be read. Files that are not on an instance are left out. */
  public get unread(): readonly SdkUnread[] {
    return this.unreadable.filter(({ notOnInstance }) => notOnInstance === undefined);
  }

  /**
   * The place of a file that was found in an asset or a folder. A file of an asset gets the path of its source, if the source has the same file.
   * For a file in an archive, the path in the archive follows the path of the archive.
   */
  private placeOf({ location: scanned, source, name }: Scanned, file: string): SdkFile {
    const placeIn = (place: string) => name === '' ? join(place, file) : `${place}${file.slice(name.length)}`;
    const location = source !== undefined && isSame(placeIn(source), placeIn(scanned)) ? placeIn(source) : placeIn(scanned);
    const isInAssembly = isWithin(this.assembly.outermost, location);
    const path = slashed(relative(isInAssembly ? this.assembly.directory : '.', location));
    return { file: path, isInAssembly, location, name: isInAssembly && source !== undefined ? `${slashed(relative('.', source))} as staged: ${file}` : path };
  }
}

/** The constructs that may run an asset on an instance. If only Lambda and Fargate run it: its constructs, and why it is not on an instance. */
function ownersOf({ owners }: Scanned): SdkOwners {
  const onInstances = owners.filter(owner => whyServerless(owner) === undefined);
  return owners.length > 0 && onInstances.length === 0 ? { owners, notOnInstance: whyServerless(owners[0]) } : { owners: onInstances };
}

function keyOf({ location, name, exclude = [], buildArguments = {}, buildTargets = [], dockerfiles = [] }: Scanned): string {
  const images = [Object.entries(buildArguments).map(([argument, value]) => [argument, value ?? null]), buildTargets, dockerfiles];
  return JSON.stringify([location, name, exclude, images]);
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Whether a file and its copy have the same size. For a path in an archive, it compares the archives. */
function isSame(one: string, other: string): boolean {
  try {
    const [file, copy] = [one, other].map(path => lstatSync(path.split('!/')[0]));
    return file.isFile() && copy.isFile() && file.size === copy.size;
  } catch {
    return false;
  }
}

/** Each version once. A lock file can name a package many times, and a file can be in an asset and in a folder; then the use in the asset is kept. */
function distinct(found: readonly SdkUse[]): readonly SdkUse[] {
  const identityOf = ({ location, ecosystem, packageName, version, range, because }: SdkUse) =>
    JSON.stringify([location, ecosystem, packageName, version, range, because]);
  const alike = grouped(found.map(sdk => [identityOf(sdk), sdk] as const));
  return [...alike.values()].map(same => same.find(({ notOnInstance }) => notOnInstance === undefined) ?? same[0]);
}

function scan({ location, name, ...images }: Scanned): SdkFindings {
  try {
    return name === '' ? scanFolder(location, images) : scanFile(name, lstatSync(location).size, () => readFileSync(location));
  } catch (error) {
    return { found: [], unreadable: [{ file: name, because: (error as NodeJS.ErrnoException).code ?? (error as Error).message }] };
  }
}
