/**
 * How certain it is that a call breaks when IMDSv2 becomes required.
 */
export enum MetadataCallCertainty {
  /** The script makes this request, and sends no token. */
  CERTAIN = 'certain',

  /** Something about the request is not known here: its address, or what else it sends. */
  LIKELY = 'likely',

  /** The script makes this request only where IMDSv2 has failed before. */
  FALLBACK = 'fallback',
}

/**
 * A call of IMDSv1 in a script.
 */
export interface MetadataCall {
  /** The line of the text that the call begins on, counted from 1; within the script alone where that is encoded in the text. */
  readonly line: number;

  /** The command as it is written. */
  readonly command: string;

  /** The program or the function that makes the request, such as `curl` or `requests.get`. */
  readonly client: string;

  /** The address that is called; what is not known of it is three dots. */
  readonly url: string;

  /** Why it is IMDSv1, in words. */
  readonly reason: string;

  /** How certain it is that it breaks. */
  readonly certainty: MetadataCallCertainty;

  /**
   * The same command for IMDSv2, with a token of the script's own where it has one.
   *
   * @default - nobody can tell here how to write it
   */
  readonly rewritten?: string;

  /**
   * The command that fetches the token which `rewritten` uses. It belongs before the first call, once in a script.
   *
   * @default - the script has a token, or `rewritten` fetches it itself
   */
  readonly tokenCommand?: string;
}
