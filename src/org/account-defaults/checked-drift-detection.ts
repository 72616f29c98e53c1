import { describeValue } from '../../model/setting';
import { ImdsDriftDetection } from './drift-detection';

/**
 * Checks the drift detection. In plain JavaScript, it can be anything.
 *
 * @throws Error if it is given and is not an `ImdsDriftDetection`
 */
export function checkDriftDetection(value: unknown): void {
  if (value === undefined || value instanceof ImdsDriftDetection) { return; }
  throw new Error(`driftDetection must be an ImdsDriftDetection, such as ImdsDriftDetection.report(), got ${describeValue(value)}`);
}
