/** That a creation or an update failed, and left something for the request that follows. */
export class Failure extends Error {
  /**
   * @param message what went wrong
   * @param physicalId what is left
   */
  public constructor(message: string, public readonly physicalId: string) {
    super(message);
  }
}
