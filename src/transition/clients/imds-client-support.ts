/** When an SDK falls back to IMDSv1. */
export enum ImdsV1Fallback {
  /** Never: it speaks IMDSv2 alone. */
  NEVER = 'never',

  /** Where a call for a token is answered by 403, 404 or 405, or not at all. */
  WHERE_TOKENS_FAIL = 'where tokens fail',

  /** On any error of a call for a token. */
  ON_ANY_ERROR = 'on any error',

  /** It speaks IMDSv1 alone. */
  ALWAYS = 'always',
}

/** What an SDK does where IMDSv2 does not answer, and which settings it knows, in its current versions. */
export interface ImdsClientSupport {
  /** The SDK, as AWS calls it. */
  readonly sdk: string;

  /** When it falls back to IMDSv1, unless a setting forbids it. */
  readonly fallback: ImdsV1Fallback;

  /** Whether it knows `AWS_EC2_METADATA_V1_DISABLED`. One that never falls back need not. */
  readonly v1Fallback: boolean;

  /** Whether it knows `AWS_EC2_METADATA_DISABLED`. */
  readonly disabled: boolean;

  /** Whether it knows `AWS_EC2_METADATA_SERVICE_ENDPOINT`. */
  readonly endpoint: boolean;

  /** Whether it knows `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`. */
  readonly endpointMode: boolean;

  /**
   * What else is to be known of it.
   *
   * @default - nothing
   */
  readonly note?: string;

  /**
   * The version that was tried against a service that hands out no tokens.
   *
   * @default - none: it is by the page of AWS
   */
  readonly measured?: string;

  /** The page of AWS that speaks of these settings. */
  readonly source: string;
}
