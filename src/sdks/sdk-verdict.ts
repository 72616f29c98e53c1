/** Whether a version of an SDK supports IMDSv2. */
export enum SdkSupportVerdict {
  /** It does. */
  SUPPORTED = 'supported',

  /** It does not: its calls fail as soon as IMDSv2 is required. */
  TOO_OLD = 'too old',

  /** The result is unknown: the library does not know the SDK, or its version is not valid. */
  UNKNOWN = 'unknown',
}

/** What is known of a version of an SDK. */
export interface SdkVersionCheck {
  /** Whether it supports IMDSv2. */
  readonly verdict: SdkSupportVerdict;

  /**
   * The SDK, as AWS calls it.
   *
   * @default - no SDK with this name is known
   */
  readonly sdk?: string;

  /**
   * The first version that supports IMDSv2, according to AWS.
   *
   * @default - no version does, or the SDK is not known
   */
  readonly minimum?: string;

  /**
   * The page that documents it.
   *
   * @default - the SDK is not known
   */
  readonly source?: string;

  /**
   * Why it is unknown.
   *
   * @default - the verdict is known
   */
  readonly because?: string;
}

/** An SDK and the first version of it that supports IMDSv2. */
export interface SdkMinimum {
  /** What AWS calls it. */
  readonly sdk: string;

  /** Its packages, with the ecosystem before a colon: `npm:aws-sdk`. A name with `*` at the end is a prefix. */
  readonly packages: string[];

  /**
   * The first version that supports IMDSv2, or `0` if every version does.
   *
   * @default - no version does
   */
  readonly minimum?: string;

  /** The page that documents it. */
  readonly source: string;
}
