/** The SDKs that dependency files and programs name. */
export interface ReportedSdks {
  readonly found: readonly ReportedSdk[];
  /** Files that could not be read. Their SDKs are missing from this report. */
  readonly unreadable: readonly ReportedUnreadFile[];
}

/** A package of an SDK that a file names. */
export interface ReportedSdk {
  /** The path below the cloud assembly, or from the root of the sources. In an archive, it follows the path of the archive and `!/`. */
  readonly file: string;
  /** Whether it is a file of the cloud assembly. */
  readonly isInAssembly: boolean;
  /** The line, from 1. */
  readonly line: number;
  readonly packageName: string;
  /** The ecosystem of the package, as in package URLs: `npm`, `pypi`. */
  readonly ecosystem: string;
  /** The version. Left out if the file does not pin one. */
  readonly version?: string;
  /** The version range in the file, if it does not pin one version. */
  readonly range?: string;
  /** The SDK, as AWS calls it. */
  readonly sdk: string;
  /** Whether that version supports IMDSv2. */
  readonly verdict: 'supported' | 'too old' | 'unknown';
  /** The first version that does, according to AWS. Left out if none does. */
  readonly minimum?: string;
  /** The page that documents it. */
  readonly source: string;
  /** Why it is unknown. */
  readonly because?: string;
  /** Why it is not on an instance, in words. Then it is not a finding, even if it is too old. */
  readonly notOnInstance?: string;
  /** The construct paths of the asset that it is in. */
  readonly paths?: readonly string[];
}

/** A file that could not be read, and why. */
export interface ReportedUnreadFile {
  /** As in `ReportedSdk`. */
  readonly file: string;
  readonly isInAssembly: boolean;
  readonly because: string;
  /** Why it is not on an instance, in words. Then it is not a finding. */
  readonly notOnInstance?: string;
  /** The construct paths of the asset that it is in. */
  readonly paths?: readonly string[];
}
