import { resolve } from 'path';
import { TEXT, checkValue, known, required } from '../model/kinds';
import { Folder } from './folder';

/**
 * Where a check looks for SDKs that are too old for IMDSv2.
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
  /** The assets of the app, as they lie in its cloud assembly: code of functions, files for instances, folders that images are built of. */
  public static inAssets(): SdkDependencies {
    return new SdkDependencies(undefined);
  }

  /**
   * A folder of sources, and everything below it.
   *
   * @param directory the folder, from the directory in which the app runs
   * @throws Error where there is no such folder
   */
  public static inFolder(directory: string): SdkDependencies {
    checkValue('directory', directory, required(known(TEXT)));
    new Folder(directory); // eslint-disable-line no-new
    return new SdkDependencies(resolve(directory));
  }

  /**
   * The folder; nothing for the assets.
   *
   * @internal
   */
  public readonly _folder: string | undefined;

  private constructor(folder: string | undefined) {
    this._folder = folder;
  }
}
