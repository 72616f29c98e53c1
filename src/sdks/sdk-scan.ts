import type { SdkSupportVerdict } from './sdk-verdict';

/** A package of an SDK that a file names. */
export interface SdkInFile {
  /** The file, by its path below the folder; in an archive, behind the path of that and `!/`. */
  readonly file: string;

  /** The line, from 1. */
  readonly line: number;

  /** The package, such as `boto3` or `com.amazonaws:aws-java-sdk-core`. */
  readonly packageName: string;

  /** Where the package has its name: `npm`, `pypi`, `maven`, `golang`, `gem`, `composer`, `nuget`, `cargo`, `conan`, `deb`, `rpm`, `apk` or `docker`. */
  readonly ecosystem: string;

  /**
   * The version that is used.
   *
   * @default - unknown: the file does not give one version
   */
  readonly version?: string;

  /**
   * The version range in the file, if it does not give one version, such as `>=1.9`.
   *
   * @default - none: the file gives one version
   */
  readonly range?: string;

  /** Whether that version supports IMDSv2. */
  readonly verdict: SdkSupportVerdict;

  /** The SDK, as AWS calls it. */
  readonly sdk: string;

  /**
   * The first version that supports IMDSv2, according to AWS.
   *
   * @default - no version does
   */
  readonly minimum?: string;

  /** The page that documents it. */
  readonly source: string;

  /**
   * Why it is unknown.
   *
   * @default - the verdict is known
   */
  readonly because?: string;

  /**
   * The reason why it does not run on an instance, if the file clearly shows this. Then a check gives no warning.
   *
   * @default - none
   */
  readonly notOnInstance?: string;
}

/** A file or a folder that a scan could not read. */
export interface SdkFileUnread {
  /** The path below the folder. */
  readonly file: string;

  /** Why not, in words. */
  readonly because: string;
}

/** The results of a scan. */
export interface SdkScan {
  /** Every package of an SDK, in the order of the files. */
  readonly sdks: SdkInFile[];

  /** Files that could not be read. Their SDKs are missing from the result. */
  readonly unreadable: SdkFileUnread[];
}
