/** The failure of a creation or an update that left something for the next request. */
export class Failure extends Error {
  /**
   * @param message the reason
   * @param physicalId the id with what is left
   */
  public constructor(message: string, public readonly physicalId: string) {
    super(message);
  }
}
