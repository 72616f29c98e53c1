import { describeValue } from './setting';

/**
 * Checks a value of an enum.
 *
 * @throws Error where it is not one of them
 */
export function checkOneOf(name: string, value: unknown, known: readonly unknown[]): void {
  if (!known.includes(value)) { throw new Error(`${name} must be one of ${known.map(describeValue).join(', ')}, got ${describeValue(value)}`); }
}
