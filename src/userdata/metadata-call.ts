/** How certain it is that a call fails when IMDSv2 is required. */
export enum MetadataCallCertainty {
  /** The script makes this request without a token. */
  CERTAIN = 'certain',

  /** Something about the request is not known here: its address, or what else it sends. */
  LIKELY = 'likely',

  /** The script makes this request only after IMDSv2 has failed. */
  FALLBACK = 'fallback',
}

/**
 * A call of IMDSv1 in a script.
 */
export interface MetadataCall {
  /** The line on which the call starts, counted from 1. If the script is encoded in the text, it is the line in the script. */
  readonly line: number;

  /** The command as it is written. */
  readonly command: string;

  /** The program or the function that makes the request, such as `curl` or `requests.get`, or `unknown`. */
  readonly client: string;

  /** The address of the call. Three dots stand for parts that are unknown. */
  readonly url: string;

  /** Why it is IMDSv1, in words. */
  readonly reason: string;

  /** How certain it is that the call fails. */
  readonly certainty: MetadataCallCertainty;

  /**
   * The same command for IMDSv2. It uses the token of the script, if it has one.
   *
   * @default - the command cannot be rewritten
   */
  readonly rewritten?: string;

  /**
   * The command that gets the token for `rewritten`. Add it once in a script, before the first call.
   *
   * @default - the script has a token, or `rewritten` fetches it itself
   */
  readonly tokenCommand?: string;
}
