import type { CfnStackSet } from 'aws-cdk-lib';
import { BOOLEAN, wholeNumber } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { describeValue } from '../../model/setting';

/**
 * How CloudFormation goes through the accounts and Regions of a stack set.
 *
 * Where stacks are deployed by themselves to accounts that join a unit, none of it applies.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html#stackset-ops-options
 */
export interface ImdsStackSetOperation {
  /**
   * In how many accounts of a Region it may fail before CloudFormation stops there and leaves out the Regions that follow.
   *
   * @default - 0, unless `failureTolerancePercentage` is given
   */
  readonly failureToleranceCount?: number;

  /**
   * The same as a percentage of the accounts, 0 to 100, rounded down.
   *
   * @default - `failureToleranceCount` counts
   */
  readonly failureTolerancePercentage?: number;

  /**
   * In how many accounts of a Region at a time, 1 or more. It is lowered to one more than may fail, unless `softFailureTolerance` is true.
   *
   * @default - 1, unless `maxConcurrentPercentage` is given
   */
  readonly maxConcurrentCount?: number;

  /**
   * The same as a percentage of the accounts, 1 to 100, rounded down, but never to none.
   *
   * @default - `maxConcurrentCount` counts
   */
  readonly maxConcurrentPercentage?: number;

  /**
   * Whether as many accounts stay in work when some fail. More of them may fail then than are tolerated.
   *
   * @default false
   */
  readonly softFailureTolerance?: boolean;

  /**
   * Whether all Regions are deployed to at once, instead of one after the other in the order of `stackRegions`.
   *
   * @default false
   */
  readonly parallelRegions?: boolean;
}

/**
 * The operation in the words of CloudFormation.
 *
 * @param operation how it goes
 * @param regions the Regions in the order of deployment
 * @throws Error where CloudFormation does not accept a number, or stands beside the percentage that excludes it
 */
export function operationPreferences(operation: ImdsStackSetOperation, regions: string[]): CfnStackSet.OperationPreferencesProperty {
  const { failureToleranceCount, failureTolerancePercentage, maxConcurrentCount, maxConcurrentPercentage } = operation;
  checkPair('failureTolerance', failureToleranceCount, failureTolerancePercentage);
  checkPair('maxConcurrent', maxConcurrentCount, maxConcurrentPercentage);
  return {
    failureToleranceCount: failureToleranceCount ?? (failureTolerancePercentage === undefined ? 0 : undefined),
    failureTolerancePercentage,
    maxConcurrentCount: maxConcurrentCount ?? (maxConcurrentPercentage === undefined ? 1 : undefined),
    maxConcurrentPercentage,
    concurrencyMode: operation.softFailureTolerance ? 'SOFT_FAILURE_TOLERANCE' : 'STRICT_FAILURE_TOLERANCE',
    regionConcurrencyType: operation.parallelRegions ? 'PARALLEL' : 'SEQUENTIAL',
    regionOrder: operation.parallelRegions ? undefined : regions,
  };
}

function checkPair(name: string, count: number | undefined, percentage: number | undefined): void {
  if (count !== undefined && percentage !== undefined) {
    throw new Error(`${name}Count must not be given together with ${name}Percentage, got ${describeValue(count)} and ${describeValue(percentage)}`);
  }
}

/** What the properties may be. */
export const OPERATION: Shape<ImdsStackSetOperation> = {
  failureToleranceCount: wholeNumber(0),
  failureTolerancePercentage: wholeNumber(0, 100),
  maxConcurrentCount: wholeNumber(1),
  maxConcurrentPercentage: wholeNumber(1, 100),
  softFailureTolerance: BOOLEAN,
  parallelRegions: BOOLEAN,
};
