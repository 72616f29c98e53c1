import { lstatSync, readFileSync } from 'fs';
import { basename, join, relative, resolve } from 'path';
import type { AssetStaging } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { grouped } from '../model/grouped';
import { isObject, ownValue } from '../model/intrinsics';
import type { FoundSdk, SdkFindings } from '../sdks/found-sdk';
import { scanFile, scanFolder } from '../sdks/scan';
import type { SdkDependencies } from '../sdks/sdk-dependencies';
import type { BuildArguments } from '../sdks/text-file';
import type { Assembly } from './assembly';
import { isWithin } from './assembly-file';
import { isOfLambda } from './lambda-assets';
import { namedAssets } from './named-assets';
import { scannedOnce } from './scanned-once';

/** A folder or a file that was scanned. */
interface Scanned {
  /** Where it is on disk. */
  readonly location: string;
  /** What it was called before it became an asset. */
  readonly name: string;
  /** Where it was copied from, if it is an asset. */
  readonly source?: string;
  /** What is left out of it. */
  readonly exclude?: readonly string[];
  /** The assets that it is. */
  readonly owners: readonly IConstruct[];
  /** What images are built with that it is for. */
  readonly buildArguments?: BuildArguments;
}

/** Where a file is, for people and for reports. */
export interface SdkFile {
  /** The path from the directory in which the app runs, or below the cloud assembly for what was made for an asset. */
  readonly file: string;
  readonly isInAssembly: boolean;
  /** Where it is on disk. */
  readonly location: string;
  /** What people know it by: what was made for an asset is in no place that they know. */
  readonly name: string;
}

/** An SDK that is used somewhere. */
export interface SdkUse extends FoundSdk, SdkFile {
  /** The constructs of the asset that it is in; none for one that is in none. */
  readonly owners: readonly IConstruct[];
}

/** What could not be read. */
export interface SdkUnread extends SdkFile {
  readonly because: string;
}

/** The SDKs in the assets of an app and in folders of sources. */
export class SdkUses {
  public readonly found: readonly SdkUse[];
  public readonly unreadable: readonly SdkUnread[];

  /** @param covers whether a construct is to be checked; what is of none is where everything is */
  public constructor(
    dependencies: readonly SdkDependencies[], private readonly assembly: Assembly, root: IConstruct, covers: (construct: IConstruct) => boolean,
  ) {
    const folders = new Map(dependencies.flatMap(({ _folder, _exclude }) => _folder === undefined ? [] : [[[_folder, ..._exclude].join('\n'), { _folder, _exclude }]]));
    const assets = dependencies.some(({ _folder }) => _folder === undefined) ? assetsOf(assembly, root, covers) : [];
    const inFolders = [...folders.values()].map(({ _folder, _exclude }): Scanned => ({ location: _folder, exclude: _exclude, name: '', owners: [] }));
    const all = [...assets, ...inFolders].map(scanned => ({ scanned, ...scannedOnce(root, keyOf(scanned), () => scan(scanned)) }));
    this.found = distinct(all.flatMap(({ scanned, found }) => {
      const onInstances = scanned.owners.filter(owner => !isOfLambda(owner));
      const isOnLambda = scanned.owners.length > 0 && onInstances.length === 0;
      const ofOwners = isOnLambda ? { owners: scanned.owners, notOnInstance: ON_LAMBDA } : { owners: onInstances };
      return found.map(sdk => ({ ...sdk, ...ofOwners, ...this.placeOf(scanned, sdk.file) }));
    }));
    this.unreadable = all.flatMap(({ scanned, unreadable }) => unreadable.map(({ file, because }) => ({ because, ...this.placeOf(scanned, file) })));
  }

  /** The uses of versions that do not speak IMDSv2, as far as they may be on an instance. */
  public get tooOld(): readonly SdkUse[] {
    return this.found.filter(({ verdict, notOnInstance }) => verdict === 'too old' && notOnInstance === undefined);
  }

  /** The uses of which nobody can tell. */
  public get unclear(): readonly SdkUse[] {
    return this.found.filter(({ verdict, notOnInstance }) => verdict === 'unknown' && notOnInstance === undefined);
  }

  /** A file of an asset is named as it lies among the sources, if it is there; a single file as it lies there, and what is in an archive below it. */
  private placeOf({ location: scanned, source, name }: Scanned, file: string): SdkFile {
    const placeIn = (place: string) => name === '' ? join(place, file) : `${place}${file.slice(name.length)}`;
    const location = source !== undefined && isSame(placeIn(source), placeIn(scanned)) ? placeIn(source) : placeIn(scanned);
    const isInAssembly = isWithin(this.assembly.outermost, location);
    const path = slashed(relative(isInAssembly ? this.assembly.directory : '.', location));
    return { file: path, isInAssembly, location, name: isInAssembly && source !== undefined ? `${slashed(relative('.', source))} as staged: ${file}` : path };
  }
}

/** Why nothing of an asset is on an instance. */
const ON_LAMBDA = 'functions of Lambda have no metadata service';

function keyOf({ location, name, exclude = [], buildArguments = {} }: Scanned): string {
  return JSON.stringify([location, name, exclude, Object.entries(buildArguments).map(([argument, value]) => [argument, value ?? null])]);
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Whether a file was copied as it is; what is in an archive is where the archive is. */
function isSame(one: string, other: string): boolean {
  try {
    const [file, copy] = [one, other].map(path => lstatSync(path.split('!/')[0]));
    return file.isFile() && copy.isFile() && file.size === copy.size;
  } catch {
    return false;
  }
}

/** A package may stand in a lock file in many places, and a file in an asset and in a folder: each version of it is told once, of the asset first. */
function distinct(found: readonly SdkUse[]): readonly SdkUse[] {
  const wordsOf = ({ location, ecosystem, packageName, version, range, because }: SdkUse) =>
    JSON.stringify([location, ecosystem, packageName, version, range, because]);
  const alike = grouped(found.map(sdk => [wordsOf(sdk), sdk] as const));
  return [...alike.values()].map(same => same.find(({ notOnInstance }) => notOnInstance === undefined) ?? same[0]);
}

/** The assets: those that constructs stand for, and whatever else lies in the assembly as one. */
function assetsOf({ outermost }: Assembly, root: IConstruct, covers: (construct: IConstruct) => boolean): readonly Scanned[] {
  const staged = grouped(root.node.findAll().filter(isStaging).map(staging => [resolve(staging.absoluteStagedPath), staging] as const));
  const others = covers(root) ? [...new Set(namedAssets(resolve(outermost)))].filter(location => !location.endsWith('.template.json') && !staged.has(location)) : [];
  const ofConstructs = [...staged].flatMap(([location, stagings]): readonly Scanned[] => {
    const owners = stagings.map(staging => staging.node.scope ?? staging).filter(covers);
    const [{ sourcePath }] = stagings;
    const name = nameOf(location, basename(sourcePath));
    return owners.length > 0 ? [{ location, source: resolve(sourcePath), name, owners, buildArguments: buildArgumentsOf(owners) }] : [];
  });
  return [...ofConstructs, ...others.map(location => ({ location, name: nameOf(location, basename(location)), owners: [] }))];
}

/** What a file is called; nothing for a folder. */
function nameOf(location: string, name: string): string {
  try {
    return lstatSync(location).isFile() ? name : '';
  } catch {
    return '';
  }
}

/** What images are built with: nobody can tell of a value that is not the same for all of them. */
function buildArgumentsOf(owners: readonly IConstruct[]): BuildArguments {
  const given = owners.map(owner => (owner as { readonly dockerBuildArgs?: unknown }).dockerBuildArgs).map(each => isObject(each) ? each : {});
  const names = new Set(given.flatMap(each => Object.keys(each)));
  return Object.fromEntries([...names].map(name => {
    const values = new Set(given.map(each => ownValue(each, name)));
    const [value] = values;
    return [name, values.size === 1 && typeof value === 'string' ? value : undefined];
  }));
}

function scan({ location, name, exclude, buildArguments }: Scanned): SdkFindings {
  try {
    return name === '' ? scanFolder(location, { exclude, buildArguments }) : scanFile(name, lstatSync(location).size, () => readFileSync(location));
  } catch (error) {
    return { found: [], unreadable: [{ file: name, because: (error as NodeJS.ErrnoException).code ?? (error as Error).message }] };
  }
}

/** What stands for an asset, also of another copy of CDK. */
function isStaging(construct: IConstruct): construct is AssetStaging {
  const { absoluteStagedPath, sourcePath } = construct as Partial<AssetStaging>;
  return typeof absoluteStagedPath === 'string' && typeof sourcePath === 'string';
}
