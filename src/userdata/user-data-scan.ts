import type { MetadataCall } from './metadata-call';

/**
 * How a script uses the metadata service.
 */
export enum UserDataVerdict {
  /** At least one call sends no valid token: it fails when IMDSv2 is required. */
  V1 = 'v1',

  /** All calls send a token. */
  V2 = 'v2',

  /** There are no calls, except those of programs that support IMDSv2, such as the AWS CLI. */
  NONE = 'none',
}

/**
 * The results of a scan.
 */
export interface UserDataScan {
  /** How the text uses the metadata service. */
  readonly verdict: UserDataVerdict;

  /** The calls that fail when IMDSv2 is required, in the order of their lines. */
  readonly calls: MetadataCall[];

  /**
   * The text with all calls written for IMDSv2.
   *
   * @default - there is nothing to change, or the text is more than one shell script
   */
  readonly rewritten?: string;

  /** Limits of this scan: parts that were only searched line by line, and scripts that are downloaded and run. */
  readonly notes: string[];
}
