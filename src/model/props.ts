import { isObject } from './intrinsics';
import { describeValue } from './setting';

/**
 * Checks properties as a whole, which plain JavaScript may give as anything.
 *
 * @throws Error where they are no object
 */
export function checkPropsObject(name: string, value: unknown): void {
  if (!isObject(value)) { throw new Error(`${name} must be an object with properties, got ${describeValue(value)}`); }
}
