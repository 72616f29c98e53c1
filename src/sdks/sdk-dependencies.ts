import { isAbsolute, normalize, resolve } from 'path';
import { TEXT, checkValue, known, listOf, required } from '../model/kinds';
import { checked } from '../model/props';
import { Folder } from './folder';
import type { SdkFolderOptions } from './sdk-folder-options';

/** Relative paths that do not leave the folder. */
const PATHS = listOf({
  accepted: 'a path below the folder', accepts: value => typeof value === 'string' && value.trim() !== '' && !isAbsolute(value) && !/^\.\.(?:[\\/]|$)/.test(normalize(value)),
});

/**
 * The assets or folders in which a check looks for SDKs that are too old for IMDSv2.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-a-supported-sdk-version-for-imdsv2.html
 * @example
 * import { App } from 'aws-cdk-lib';
 * import { Imdsv2, SdkDependencies } from 'cdk-imdsv2';
 *
 * declare const app: App;
 *
 * Imdsv2.check(app, { sdks: [SdkDependencies.inAssets(), SdkDependencies.inFolder('.')] });
 */
export class SdkDependencies {
  /** The assets of the app in its cloud assembly: code of functions, files for instances, folders of images. */
  public static inAssets(): SdkDependencies {
    return new SdkDependencies(undefined, []);
  }

  /**
   * A folder with source code, and everything in it.
   *
   * @param directory the folder, from the directory in which the app runs
   * @param options which parts of it are read
   * @throws Error if the folder does not exist, or an excluded path is not below it
   */
  public static inFolder(directory: string, options: SdkFolderOptions = {}): SdkDependencies {
    checkValue('directory', directory, required(known(TEXT)));
    const { exclude = [] } = checked(options, { exclude: PATHS }, 'options');
    new Folder(directory); // eslint-disable-line no-new
    return new SdkDependencies(resolve(directory), exclude);
  }

  /**
   * The folder. `undefined` for assets.
   *
   * @internal
   */
  public readonly _folder: string | undefined;

  /**
   * The excluded paths.
   *
   * @internal
   */
  public readonly _exclude: readonly string[];

  private constructor(folder: string | undefined, exclude: readonly string[]) {
    this._folder = folder;
    this._exclude = exclude;
  }
}
