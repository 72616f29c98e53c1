/** The hop limits that EC2 takes. */
const LIMITS = { least: 1, most: 64 };

/** The number of hops that a value stands for, if it is one that EC2 takes; CloudFormation takes the number as a string too. */
export function hopsOf(value: unknown): number | undefined {
  const hops = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof hops === 'number' && Number.isInteger(hops) && hops >= LIMITS.least && hops <= LIMITS.most ? hops : undefined;
}
