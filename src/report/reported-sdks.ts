/** The SDKs that dependency files and programs name. */
export interface ReportedSdks {
  readonly found: readonly ReportedSdk[];
  /** Files that could not be read. Their SDKs are missing from this report. */
  readonly unreadable: readonly ReportedUnreadFile[];
}

/** A package of an SDK that a file names. */
export interface ReportedSdk {
  /** The path below the cloud assembly, or from the root of the sources; in an archive, behind the path of that and `!/`. */
  readonly file: string;
  /** Whether it is a file of the cloud assembly. */
  readonly isInAssembly: boolean;
  /** The line, from 1. */
  readonly line: number;
  readonly packageName: string;
  /** Where the package has its name, as in package URLs: `npm`, `pypi`. */
  readonly ecosystem: string;
  /** Left out if the file does not fix it. */
  readonly version?: string;
  /** What the file asks for instead of one version. */
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
  /** Why it is on no instance, in words: it is no finding then, though it is too old. */
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
  /** Why it is on no instance, in words: it is no finding then. */
  readonly notOnInstance?: string;
  /** The construct paths of the asset that it is in. */
  readonly paths?: readonly string[];
}
