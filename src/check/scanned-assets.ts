import { lstatSync } from 'fs';
import { basename, posix, resolve } from 'path';
import type { AssetStaging } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { grouped } from '../model/grouped';
import { isObject, ownValue } from '../model/intrinsics';
import type { BuildArguments } from '../sdks/text-file';
import type { Assembly } from './assembly';
import { namedAssets } from './named-assets';

/** A folder or a file that was scanned. */
export interface Scanned {
  /** Its path on disk. */
  readonly location: string;
  /** The file name of its source; empty for a folder. */
  readonly name: string;
  /** The path that it was copied from, if it is an asset. */
  readonly source?: string;
  /** The patterns of files that are left out. */
  readonly exclude?: readonly string[];
  /** The constructs that use it as an asset. */
  readonly owners: readonly IConstruct[];
  /** The build arguments of its images. */
  readonly buildArguments?: BuildArguments;
  /** The target stages of its images, if all of them have one. */
  readonly buildTargets?: readonly string[];
  /** The Dockerfiles of its images, if it is used only for images. */
  readonly dockerfiles?: readonly string[];
}

/** The assets of constructs. If the whole app is checked, also the assets in the assembly that have no construct. */
export function assetsOf({ outermost }: Assembly, root: IConstruct, covers: (construct: IConstruct) => boolean): readonly Scanned[] {
  const staged = grouped(root.node.findAll().filter(isStaging).map(staging => [resolve(staging.absoluteStagedPath), staging] as const));
  const others = covers(root) ? [...new Set(namedAssets(resolve(outermost)))].filter(location => !location.endsWith('.template.json') && !staged.has(location)) : [];
  const ofConstructs = [...staged].flatMap(([location, stagings]): readonly Scanned[] => {
    const owners = stagings.map(staging => staging.node.scope ?? staging).filter(covers);
    const [{ sourcePath }] = stagings;
    const name = nameOf(location, basename(sourcePath));
    const build = { buildArguments: buildArgumentsOf(owners), buildTargets: buildTargetsOf(owners), dockerfiles: dockerfilesOf(owners) };
    return owners.length > 0 ? [{ location, source: resolve(sourcePath), name, owners, ...build }] : [];
  });
  return [...ofConstructs, ...others.map(location => ({ location, name: nameOf(location, basename(location)), owners: [] }))];
}

/** The name of a file; empty for a folder. */
function nameOf(location: string, name: string): string {
  try {
    return lstatSync(location).isFile() ? name : '';
  } catch {
    return '';
  }
}

/** The build arguments of images. A value that differs between them is unknown. */
function buildArgumentsOf(owners: readonly IConstruct[]): BuildArguments {
  const given = owners.map(owner => (owner as { readonly dockerBuildArgs?: unknown }).dockerBuildArgs).map(each => isObject(each) ? each : {});
  const names = new Set(given.flatMap(each => Object.keys(each)));
  return Object.fromEntries([...names].map(name => {
    const values = new Set(given.map(each => ownValue(each, name)));
    const [value] = values;
    return [name, values.size === 1 && typeof value === 'string' ? value : undefined];
  }));
}

/** The target stages of images; `undefined` if one of them has none, or an unknown one. */
function buildTargetsOf(owners: readonly IConstruct[]): readonly string[] | undefined {
  const targets = owners.map(owner => (owner as { readonly dockerBuildTarget?: unknown }).dockerBuildTarget);
  return targets.every(target => typeof target === 'string' && !Token.isUnresolved(target)) ? [...new Set(targets as string[])].sort() : undefined;
}

/** The Dockerfiles of images, below their folder; `undefined` if the folder has another use, too. */
function dockerfilesOf(owners: readonly IConstruct[]): readonly string[] | undefined {
  const paths = owners.map(owner => (owner as { readonly dockerfilePath?: unknown }).dockerfilePath);
  return paths.every(path => typeof path === 'string') ? [...new Set(paths.map(path => posix.normalize(path.replaceAll('\\', '/'))))].sort() : undefined;
}

/** Whether a construct stages an asset, also one of another copy of CDK. */
function isStaging(construct: IConstruct): construct is AssetStaging {
  const { absoluteStagedPath, sourcePath } = construct as Partial<AssetStaging>;
  return typeof absoluteStagedPath === 'string' && typeof sourcePath === 'string';
}
