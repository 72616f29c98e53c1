import type { CfnStackSet } from 'aws-cdk-lib';
import { BOOLEAN, wholeNumber } from '../../model/kinds';
import type { Shape } from '../../model/props';
import { describeValue } from '../../model/setting';

/**
 * The order and the failure tolerance with which CloudFormation deploys a stack set.
 *
 * It does not apply to automatic deployments to accounts that join a unit.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html#stackset-ops-options
 */
export interface ImdsStackSetOperation {
  /**
   * The number of accounts in a Region that can fail before CloudFormation stops there and skips the next Regions.
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
   * The number of accounts in a Region that are deployed at the same time, 1 or more. Unless `softFailureTolerance` is true, it is at most one more
   * than the number that can fail.
   *
   * @default - 1, unless `maxConcurrentPercentage` is given
   */
  readonly maxConcurrentCount?: number;

  /**
   * The same as a percentage of the accounts, 1 to 100, rounded down, but at least one account.
   *
   * @default - `maxConcurrentCount` counts
   */
  readonly maxConcurrentPercentage?: number;

  /**
   * Whether the number of parallel accounts stays the same when some fail. Then more accounts can fail than the tolerance allows.
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
 * The operation in CloudFormation's form.
 *
 * @param operation the settings
 * @param regions the Regions in the order of deployment
 * @throws Error if CloudFormation does not accept a number, or a number and a percentage exclude each other
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

/** The accepted values of the properties. */
export const OPERATION: Shape<ImdsStackSetOperation> = {
  failureToleranceCount: wholeNumber(0),
  failureTolerancePercentage: wholeNumber(0, 100),
  maxConcurrentCount: wholeNumber(1),
  maxConcurrentPercentage: wholeNumber(1, 100),
  softFailureTolerance: BOOLEAN,
  parallelRegions: BOOLEAN,
};
