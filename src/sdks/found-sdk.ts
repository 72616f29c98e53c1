import type { Sdk } from './sdk';

/** An SDK that a file names. */
export interface FoundSdk {
  /** The path below the scanned folder. For a file in an archive: the path of the archive, `!/`, and the path in it. */
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** The package, with its name in the ecosystem. */
  readonly packageName: string;
  readonly ecosystem: string;
  /** The version. Left out if the file does not give one. */
  readonly version?: string;
  /** The version range in the file. */
  readonly range?: string;
  readonly verdict: 'supported' | 'too old' | 'unknown';
  /** The SDK, as AWS calls it. */
  readonly sdk: string;
  /** The first version that supports IMDSv2. Left out if no version does. */
  readonly minimum?: string;
  readonly source: string;
  /** The versions for which another package decides. */
  readonly unclear?: Sdk['unclear'];
  /** The first version with the code for IMDSv2, if this version has the code, but is older than the minimum in AWS's list. */
  readonly hasItSince?: string;
  /** Why the result is unknown. */
  readonly because?: string;
  /** Why it is on no instance. */
  readonly notOnInstance?: string;
}

/** A file or a folder that could not be read. */
export interface UnreadFile {
  readonly file: string;
  readonly because: string;
}

/** The SDKs in a folder. */
export interface SdkFindings {
  readonly found: readonly FoundSdk[];
  readonly unreadable: readonly UnreadFile[];
}
