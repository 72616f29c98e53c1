/** What a repair does if its instances refuse more IMDSv1 calls than `maxRejectedCalls`. In any case, no further wave starts. */
export enum RepairReaction {
  /** Leave everything as it is. */
  STOP = 'stop',

  /** Roll back the instances that refused calls, unless they were changed since then. */
  ROLL_BACK_REFUSING = 'refused',

  /** Roll back all instances of the run, unless they were changed since then. */
  ROLL_BACK_ALL = 'all',
}
