/** When an SDK falls back to IMDSv1. */
export enum ImdsV1Fallback {
  /** Never: it uses only IMDSv2. */
  NEVER = 'never',

  /** If a request for a token gets the answer 403, 404 or 405, or no answer. */
  WHERE_TOKENS_FAIL = 'where tokens fail',

  /** On any error of a request for a token. */
  ON_ANY_ERROR = 'on any error',

  /** It uses only IMDSv1. */
  ALWAYS = 'always',
}

/** What an SDK does if IMDSv2 does not answer, and which settings it supports, in current versions. */
export interface ImdsClientSupport {
  /** The SDK, as AWS calls it. */
  readonly sdk: string;

  /** When it falls back to IMDSv1, unless a setting forbids it. */
  readonly fallback: ImdsV1Fallback;

  /** Whether it supports `AWS_EC2_METADATA_V1_DISABLED`. An SDK that never falls back does not need it. */
  readonly v1Fallback: boolean;

  /** Whether it supports `AWS_EC2_METADATA_DISABLED`. */
  readonly disabled: boolean;

  /** Whether it supports `AWS_EC2_METADATA_SERVICE_ENDPOINT`. */
  readonly endpoint: boolean;

  /** Whether it supports `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`. */
  readonly endpointMode: boolean;

  /**
   * A note about it.
   *
   * @default - nothing
   */
  readonly note?: string;

  /**
   * The version that was tested with a service that returns no tokens.
   *
   * @default - none: the data comes from the documentation of AWS
   */
  readonly measured?: string;

  /** The AWS page about these settings. */
  readonly source: string;
}
