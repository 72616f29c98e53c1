import type { Sdk } from './sdk';

/** An SDK that a file names. */
export interface FoundSdk {
  /** The path below what was scanned; in an archive, behind the path of that and `!/`. */
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** The package, as its ecosystem has it. */
  readonly packageName: string;
  readonly ecosystem: string;
  /** The version; none where the file leaves it open. */
  readonly version?: string;
  /** What the file asks for instead of one. */
  readonly range?: string;
  readonly verdict: 'supported' | 'too old' | 'unknown';
  /** The SDK, as AWS calls it. */
  readonly sdk: string;
  /** The first version that speaks IMDSv2; none where no version does. */
  readonly minimum?: string;
  readonly source: string;
  /** From which version on another package decides. */
  readonly unclear?: Sdk['unclear'];
  /** Since when the SDK has the code, where this version has it and is older than the one that AWS lists. */
  readonly hasItSince?: string;
  /** Why nobody can tell. */
  readonly because?: string;
  /** Why it is on no instance. */
  readonly notOnInstance?: string;
}

/** A file or a folder that could not be read. */
export interface UnreadFile {
  readonly file: string;
  readonly because: string;
}

/** What was found in a folder. */
export interface SdkFindings {
  readonly found: readonly FoundSdk[];
  readonly unreadable: readonly UnreadFile[];
}
