/** What a repair does when instances that it repaired refuse more calls of IMDSv1 than `maxRejectedCalls`. No further wave begins in any case. */
export enum RepairReaction {
  /** Leave everything as it is. */
  STOP = 'stop',

  /** Roll back the instances that refused calls, unless they were changed since then. */
  ROLL_BACK_REFUSING = 'refused',

  /** Roll back all instances of the run, unless they were changed since then. */
  ROLL_BACK_ALL = 'all',
}
