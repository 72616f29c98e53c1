import { instance } from '../../model/kinds';
import { describeValue } from '../../model/setting';
import type { WaveStep } from './definition/settings';

/**
 * In how many steps the instances that are ready are repaired.
 *
 * @example
 * import { RepairWaves } from 'cdk-imdsv2';
 *
 * const waves = RepairWaves.canary(3, [10, 50]); // 3 instances, then 10 percent of all, 50 percent, and the rest
 */
export class RepairWaves {
  /**
   * A few instances first, and then more.
   *
   * @param instances how many instances the first wave has, 1 or more
   * @param percentages how many percent of all are repaired when each further wave is through; the last one is always 100
   * @throws Error if a number is out of bounds, or one does not grow
   */
  public static canary(instances: number, percentages: number[] = []): RepairWaves {
    if (!Number.isInteger(instances) || instances < 1) { throw new Error(`instances must be a whole number of 1 or more, got ${describeValue(instances)}`); }
    return new RepairWaves([{ count: instances }, ...stepsOf(percentages)]);
  }

  /**
   * Parts of all.
   *
   * @param percentages how many percent of all are repaired when each wave is through; the last one is always 100
   * @throws Error if a number is out of bounds, or one does not grow
   */
  public static percentages(percentages: number[]): RepairWaves {
    return new RepairWaves(stepsOf(percentages));
  }

  /** All in one wave. */
  public static atOnce(): RepairWaves {
    return new RepairWaves(stepsOf([]));
  }

  private constructor(
    /** @internal */
    public readonly _steps: readonly WaveStep[],
  ) {}
}

function stepsOf(percentages: readonly number[]): WaveStep[] {
  const isGrowing = Array.isArray(percentages) && (percentages as readonly unknown[]).every((percent, index) => typeof percent === 'number' && percent > (index === 0 ? 0 : percentages[index - 1]) && percent <= 100);
  if (!isGrowing || percentages.length > MOST) { throw new Error(`percentages must be growing numbers up to 100, and ${MOST} at most, got ${Array.isArray(percentages) ? `[${percentages.join(', ')}]` : describeValue(percentages)}`); }
  const all = percentages[percentages.length - 1] === 100 ? percentages : [...percentages, 100];
  return all.map(percent => ({ percent }));
}

const MOST = 20;

/** The accepted values of `waves`. */
export const WAVES = instance('a RepairWaves, such as RepairWaves.canary(5, [10, 50])', value => value instanceof RepairWaves);
