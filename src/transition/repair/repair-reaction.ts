/** What a repair does when instances that it repaired refuse more calls of IMDSv1 than `maxRejectedCalls`. No further wave begins in any case. */
export enum RepairReaction {
  /** Leave everything as it is. */
  STOP = 'stop',

  /** Take back what it did to the instances that refused calls, as far as they are as it left them. */
  ROLL_BACK_REFUSING = 'refused',

  /** Take back what it did to all instances of the run, as far as they are as it left them. */
  ROLL_BACK_ALL = 'all',
}
